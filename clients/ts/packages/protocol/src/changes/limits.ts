/** Limits of the protocol, in UTF-8 bytes unless said otherwise. */
export const LIMITS = {
  /** Of a title, on what the author saw plus the edit. */
  title: 4 * 1024,
  /** Of a description, on what the author saw plus the edit. */
  description: 1024 * 1024,
  /** Of a comment. */
  comment: 64 * 1024,
  /** Of a custom field's JSON in canonical form. */
  custom: 8 * 1024,
  /** Of a definition's property in canonical form. */
  property: 8 * 1024,
  /** Properties of one define. */
  properties: 64,
  /** Of an attachment's sealed names. */
  sealed: 8 * 1024,
  /** Of a short string, in UTF-16 units [ID8]. */
  shortText: 64,
  /** Changes of a push. */
  pushChanges: 1000,
  /** Of a push's body. */
  pushBytes: 4 * 1024 * 1024,
} as const
