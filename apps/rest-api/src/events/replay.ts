/** The last items of a sequence, by id. */
export class ReplayRing<Item extends { readonly id: string }> {
  readonly #size: number
  readonly #items: Item[] = []
  /** Where the oldest item stands in `#items`, once it is full. */
  #start = 0
  /** The id right before the oldest item: that of the beginning, or of the item that went last. */
  #floorId: string

  /**
   * @param beginId what whoever was here before the first item comes back with
   * @param size items that are kept
   */
  constructor(beginId: string, size: number) {
    this.#floorId = beginId
    this.#size = size
  }

  /** The id of the newest item, or of the beginning. */
  get latestId(): string {
    return this.#items.length === 0 ? this.#floorId : this.#at(this.#items.length - 1).id
  }

  add(item: Item): void {
    if (this.#items.length < this.#size) {
      this.#items.push(item)
      return
    }
    this.#floorId = this.#at(0).id
    this.#items[this.#start] = item
    this.#start = (this.#start + 1) % this.#size
  }

  /** The items after the one of an id, oldest first; undefined when the id is of none that is kept, nor of the one right before them. */
  after(id: string): readonly Item[] | undefined {
    const ordered = [...this.#items.slice(this.#start), ...this.#items.slice(0, this.#start)]
    if (id === this.#floorId) return ordered
    const at = ordered.findLastIndex((item) => item.id === id)
    return at < 0 ? undefined : ordered.slice(at + 1)
  }

  #at(index: number): Item {
    return this.#items[(this.#start + index) % this.#items.length] as Item
  }
}
