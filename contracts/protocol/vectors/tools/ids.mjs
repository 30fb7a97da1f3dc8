// Ids that read well in vectors, and one way to write a file.
const id = (kind, i) => `0199${kind}-0000-7000-8000-${String(i).padStart(12, '0')}`

export const ids = {
  replicas: { ann: id('aaaa', 1), bob: id('aaaa', 2), eve: id('aaaa', 3), ann2: id('aaaa', 4) },
  users: { ann: id('bbbb', 1), bob: id('bbbb', 2), eve: id('bbbb', 3) },
  task: (i) => id('cccc', i),
  comment: (i) => id('dddd', i),
  attachment: (i) => id('eeee', i),
  definition: (i) => id('ffff', i),
  conflict: (i) => id('1111', i),
  organization: (i) => id('2222', i),
}

export const json = (cases) => '[\n' + cases.map((c) => JSON.stringify(c)).join(',\n') + '\n]\n'
