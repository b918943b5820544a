/** Paragraphs, with what stands in backticks as code: all that our descriptions use of Markdown. */
export const Prose = ({ text }: { readonly text: string }) => (
  <>
    {text.split(/\n{2,}/).map((paragraph) => (
      <p>
        <Line text={paragraph} />
      </p>
    ))}
  </>
)

/** The same within a line. */
export const Line = ({ text }: { readonly text: string }) => (
  <>{text.split('`').map((part, at) => (at % 2 === 1 ? <code>{part}</code> : part))}</>
)
