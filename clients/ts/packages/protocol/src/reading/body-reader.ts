import type { Attach, ChangeBody, Create, Define, DefinitionKind, Resolve, SetRegister } from '../changes/change.js'
import { registerFault, valueFault } from '../changes/field-rules.js'
import { isSetField, isTextField } from '../changes/fields.js'
import { LIMITS } from '../changes/limits.js'
import type { JsonObject } from '../json/json-value.js'
import { isObject } from '../json/json-value.js'
import { MemberReader } from './member-reader.js'

const KINDS: readonly [DefinitionKind, ...DefinitionKind[]] = ['project', 'label', 'view']
const FIELD_BYTES = 256
const SHA_256 = /^[0-9a-f]{64}$/

/** Reads the op and its members, strictly [OP1]; undefined where the op is unknown. What is wrong stands in the reader's fault. */
export function readBody(members: MemberReader): ChangeBody | undefined {
  const op = members.shortText('op')
  switch (op) {
    case 'create':
      return readCreate(members)
    case 'set':
      return readSet(members)
    case 'text':
      return { op, task: members.id('task'), field: fieldOf(members, isTextField, 'title', 'a text field'), edit: members.edit('edit') }
    case 'add':
    case 'remove':
      return { op, task: members.id('task'), field: fieldOf(members, isSetField, 'labels', 'a set'), value: members.shortText('value') }
    case 'comment':
      return {
        op, task: members.id('task'), comment: members.id('comment'), body: members.text('body', LIMITS.comment), ...parentOf(members),
      }
    case 'editComment':
      return { op, task: members.id('task'), comment: members.id('comment'), body: members.text('body', LIMITS.comment) }
    case 'deleteComment':
      return { op, task: members.id('task'), comment: members.id('comment') }
    case 'attach':
      return readAttach(members)
    case 'detach':
      return { op, task: members.id('task'), attachment: members.id('attachment') }
    case 'delete':
    case 'restore':
      return { op, task: members.id('task') }
    case 'define':
      return readDefine(members)
    case 'resolve':
      return { ...readDecision(members), conflict: members.id('conflict') }
    case 'void':
      return { op }
    default:
      members.fail(`'${op}' is not an op of this version`)
      return undefined
  }
}

/** What a resolve says, without its conflict. */
export function readDecision(members: MemberReader): Omit<Resolve, 'conflict'> {
  if (members.has('choice') === members.has('value')) members.fail("either 'choice' or 'value' decides")
  return members.has('choice') ? { op: 'resolve', choice: members.number('choice', 1) } : { op: 'resolve', value: members.json('value') }
}

function fieldOf<T extends string>(members: MemberReader, isField: (field: string) => field is T, otherwise: T, what: string): T {
  const field = members.text('field', FIELD_BYTES)
  if (isField(field)) return field
  members.fail(`'${field}' is not ${what}`)
  return otherwise
}

function parentOf(members: MemberReader): { readonly parent?: string } {
  return members.has('parent') ? { parent: members.id('parent') } : {}
}

function readCreate(members: MemberReader): Create {
  const task = members.id('task')
  const value = members.take('values')
  const values = new MemberReader(value)
  if (values.has('title')) values.text('title', LIMITS.title, true)
  if (values.has('description')) values.text('description', LIMITS.description, true)
  for (const set of ['labels', 'watchers']) if (values.has(set)) values.shortTexts(set)
  for (const [name, register] of values.takeRest()) {
    const fault = registerFault(name, register)
    if (fault !== undefined) values.fail(fault)
    if (name === 'parent' && register === task) values.fail('a task cannot be its own parent')
  }
  const wrong = values.end()
  if (wrong !== undefined) members.fail(`'values': ${wrong}`)
  return { op: 'create', task, values: isObject(value) ? (value as Create['values']) : {} }
}

function readSet(members: MemberReader): SetRegister {
  const body: SetRegister = { op: 'set', task: members.id('task'), field: members.text('field', FIELD_BYTES), value: members.json('value') }
  const fault = members.fault ?? registerFault(body.field, body.value)
  if (fault !== undefined) members.fail(fault)
  if (body.field === 'parent' && body.value === body.task) members.fail('a task cannot be its own parent')
  return body
}

function readAttach(members: MemberReader): Attach {
  const body: Attach = {
    op: 'attach',
    task: members.id('task'),
    attachment: members.id('attachment'),
    size: members.number('size', 0),
    sha256: members.text('sha256', 64),
    epoch: members.number('epoch', 0),
    sealed: members.text('sealed', LIMITS.sealed),
  }
  if (!SHA_256.test(body.sha256)) members.fail("'sha256' must be 64 lower-case hex digits")
  return body
}

function readDefine(members: MemberReader): Define {
  const kind = members.oneOf('kind', KINDS)
  const id = members.id('id')
  const value = members.take('values')
  const properties = new MemberReader(value)
  const all = properties.takeRest()
  if (all.length > LIMITS.properties) properties.fail(`more than ${LIMITS.properties} properties`)
  for (const [name, property] of all) {
    if (name.length < 1 || name.length > LIMITS.shortText) properties.fail("a property's name must have 1 to 64 characters")
    const fault = valueFault(name, property, LIMITS.property)
    if (fault !== undefined) properties.fail(fault)
  }
  const wrong = properties.end()
  if (wrong !== undefined) members.fail(`'values': ${wrong}`)
  return { op: 'define', kind, id, values: isObject(value) ? (value as JsonObject) : {} }
}
