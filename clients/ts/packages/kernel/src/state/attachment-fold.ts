import type { Attach, AttachmentLine, CanonicalHeader, Detach } from '@taskgrid/protocol'

/** A task's attachments after a canonical change on one of them. */
export function foldAttachments(attachments: readonly AttachmentLine[], change: CanonicalHeader & (Attach | Detach)): readonly AttachmentLine[] {
  if (change.op === 'detach') return attachments.map((known) => (known.id === change.attachment ? { ...known, deleted: true } : known))
  const { attachment: id, user, size, sha256, epoch, sealed, seq } = change
  return attachments.some((known) => known.id === id) ? attachments : [...attachments, { id, user, size, sha256, epoch, sealed, seq }]
}
