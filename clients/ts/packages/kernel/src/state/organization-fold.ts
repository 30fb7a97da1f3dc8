import type { CanonicalHeader, Define, DefinitionLine, MemberChange, MemberLine } from '@taskgrid/protocol'
import { withMember } from './fields-of-line.js'

/** The line of a project, label or view after a define of it [OP12]. */
export function foldDefinition(line: DefinitionLine | undefined, change: CanonicalHeader & Define): DefinitionLine {
  const known: DefinitionLine = line ?? { kind: change.kind, id: change.id, seq: change.seq, values: {} }
  const written = change.effect?.applied === false ? known.values : writtenOver(known, change)
  return { ...known, seq: change.seq, values: written }
}

/** The properties with those of a define on top; null takes one out. */
export function writtenOver(line: Pick<DefinitionLine, 'values'>, define: Pick<Define, 'values'>): DefinitionLine['values'] {
  return Object.entries(define.values).reduce((values, [name, value]) => withMember(values, name, value), line.values)
}

/** A member's line after a change of the membership; undefined once the member is gone. */
export function foldMember(change: MemberChange): MemberLine | undefined {
  return change.role === null ? undefined : { kind: 'member', member: change.member, name: change.name, role: change.role }
}
