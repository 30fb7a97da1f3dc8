/** A row as a transaction left it, and as it was before; undefined where there is, or was, none. */
export interface RowDelta<K, R> {
  readonly key: K
  readonly row: R | undefined
  readonly before?: R | undefined
}

/** What a transaction did to a table: all of it gone or not, then rows written or taken out. */
export interface TableDelta<K, R> {
  readonly cleared: boolean
  readonly rows: readonly RowDelta<K, R>[]
}

/** Rows by key in memory, with a way back while a transaction is under way. */
export class Table<K, R> {
  private rows = new Map<K, R>()
  /** What the rows touched since the transaction began, or since it cleared the table, were before. */
  private before: Map<K, R | undefined> | undefined
  /** The rows and what was touched, as they were when the transaction cleared the table. */
  private cleared: { readonly rows: Map<K, R>; readonly before: Map<K, R | undefined> } | undefined

  get(key: K): R | undefined {
    return this.rows.get(key)
  }

  values(): Iterable<R> {
    return this.rows.values()
  }

  get size(): number {
    return this.rows.size
  }

  set(key: K, row: R | undefined): void {
    if (this.before !== undefined && !this.before.has(key)) this.before.set(key, this.rows.get(key))
    this.assign(key, row)
  }

  clear(): void {
    if (this.before !== undefined && this.cleared === undefined) this.cleared = { rows: this.rows, before: this.before }
    if (this.before !== undefined) this.before = new Map()
    this.become(new Map())
  }

  begin(): void {
    this.before = new Map()
    this.cleared = undefined
  }

  /** Ends the transaction; what it did. */
  end(): TableDelta<K, R> {
    const rows = [...(this.before ?? [])].map(([key, before]) => ({ key, row: this.rows.get(key), before }))
    const delta = { cleared: this.cleared !== undefined, rows }
    this.before = undefined
    this.cleared = undefined
    return delta
  }

  /** All rows, as if one transaction had written them. */
  whole(): TableDelta<K, R> {
    return { cleared: true, rows: [...this.rows].map(([key, row]) => ({ key, row })) }
  }

  /** The way back from where the transaction is now, to be gone before the next one begins. */
  wayBack(): () => void {
    const { cleared } = this
    const before = new Map(cleared?.before ?? this.before)
    return () => {
      this.before = undefined
      this.cleared = undefined
      if (cleared !== undefined) this.become(cleared.rows)
      for (const [key, row] of before) this.assign(key, row)
    }
  }

  /** Takes over what another tab's transaction did. */
  apply(delta: TableDelta<K, R>): void {
    if (delta.cleared) this.become(new Map())
    for (const { key, row } of delta.rows) this.assign(key, row)
  }

  protected assign(key: K, row: R | undefined): void {
    if (row === undefined) this.rows.delete(key)
    else this.rows.set(key, row)
  }

  protected become(rows: Map<K, R>): void {
    this.rows = rows
  }
}
