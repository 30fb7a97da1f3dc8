/** The other side says something that this version does not know [PL10]: the client stops applying and asks to be updated. */
export class UnknownForm extends Error {
  override readonly name = 'UnknownForm'
}
