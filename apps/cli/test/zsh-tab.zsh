# Types a line and Tab into a zsh that has loaded a completion script, and prints the line as it stands then.
# zsh -f zsh-tab.zsh SCRIPT_FOLDER LINE
zmodload zsh/zpty
zpty shell "cd $1 && TERM=dumb zsh -f -i"
zpty -w shell "unsetopt zle_bracketed_paste prompt_sp prompt_cr; PS1= fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -d $1/dump; LISTMAX=0; bindkey '^I' complete-word"
zpty -w shell "source $1/_backset; print -r LOA''DED"
zpty -r shell seen '*LOADED*'
# A widget tells the line once Tab is done, so that nobody has to guess when.
zpty -w shell "tell() { zle -M \"\"; print -rn -- \"<\$BUFFER>\" }; zle -N tell; bindkey '^T' tell; print -r BOU''ND"
zpty -r shell seen '*BOUND*'
zpty -n -w shell "$2"$'\t\x14'
zpty -r shell seen '*>*'
print -r -- "${${seen##*<}%%>*}"
zpty -d shell
