// Makes canonical-numbers.json and canonical-json.json: node tools/canonical.mjs
// The expected text of a number is what JSON.stringify of this engine says, which is the definition that RFC 8785 takes over.
import { writeFileSync } from 'node:fs'
import { seeded } from './random.mjs'

const view = new DataView(new ArrayBuffer(8))
const bitsOf = (number) => { view.setFloat64(0, number); return view.getBigUint64(0).toString(16).padStart(16, '0') }
const numberOf = (bits) => { view.setBigUint64(0, BigInt('0x' + bits)); return view.getFloat64(0) }

// RFC 8785 appendix B, with what it asks for; checked against the engine below.
const appendix = [
  ['0000000000000000', '0'], ['8000000000000000', '0'], ['0000000000000001', '5e-324'], ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'], ['ffefffffffffffff', '-1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'], ['c340000000000000', '-9007199254740992'], ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'], ['44b52d02c7e14af6', '1e+23'], ['44b52d02c7e14af7', '1.0000000000000001e+23'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'], ['444b1ae4d6e2ef4f', '999999999999999900000'], ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'], ['3eb0c6f7a0b5ed8d', '0.000001'], ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555554', '333333333.33333325'], ['41b3de4355555555', '333333333.3333333'], ['41b3de4355555556', '333333333.3333334'],
  ['41b3de4355555557', '333333333.33333343'], ['becbf647612f3696', '-0.0000033333333333333333'], ['43143ff3c1cb0959', '1424953923781206.2'],
]
for (const [bits, text] of appendix)
  if (JSON.stringify(numberOf(bits)) !== text) throw new Error(`appendix B: ${bits} ${text}`)

const random = seeded(8785)
const numbers = [...appendix]
while (numbers.length < appendix.length + 10000) {
  // A third each: any bits, money-like decimals, whole numbers of every size.
  const kind = numbers.length % 3
  const number = kind === 0
    ? numberOf(random.uint32().toString(16).padStart(8, '0') + random.uint32().toString(16).padStart(8, '0'))
    : kind === 1 ? (random.below(2 ** 31) - 2 ** 30) / 10 ** random.below(12)
      : Math.floor(random.uint32() * 10 ** random.below(20))
  if (Number.isFinite(number)) numbers.push([bitsOf(number), JSON.stringify(number)])
}
writeFileSync(new URL('../canonical-numbers.json', import.meta.url),
  '[\n' + numbers.map((row) => JSON.stringify(row)).join(',\n') + '\n]\n')

const deep = (depth) => '['.repeat(depth) + ']'.repeat(depth)
const cases = [
  { name: 'RFC 8785 section 3.2.2', given: '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    expect: '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}' },
  { name: 'names sort by UTF-16 units, not by code points', given: '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O With Diaeresis"}',
    expect: '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}' },
  { name: 'white space goes, order of arrays stays', given: ' [ 3 , 1 , { "b" : [ ] , "a" : { } } ] ', expect: '[3,1,{"a":{},"b":[]}]' },
  { name: 'U+007F and U+2028 are not escaped', given: '"\\u007f\\u2028\\u001f"', expect: '"\u007f\u2028\\u001f"' },
  { name: 'negative zero is zero', given: '-0.0', expect: '0' },
  { name: 'a number beyond 2^53 is the nearest double', given: '12345678901234567890', expect: '12345678901234567000' },
  { name: 'a name that only starts like another comes later', given: '{"ab":1,"a":2,"":3}', expect: '{"":3,"a":2,"ab":1}' },
  { name: 'depth 64 is allowed', given: deep(64), expect: deep(64) },
  { name: 'depth 65 is refused', given: deep(65), error: true },
  { name: 'a name that stands twice is refused', given: '{"a":1,"b":2,"a":1}', error: true },
  { name: 'a name that stands twice, once escaped, is refused', given: '{"a":1,"\\u0061":1}', error: true },
  { name: 'U+0000 is refused', given: '["a\\u0000b"]', error: true },
  { name: 'U+0000 in a name is refused', given: '{"\\u0000":1}', error: true },
  { name: 'a lone high surrogate is refused', given: '["\\ud83d"]', error: true },
  { name: 'a lone low surrogate is refused', given: '["x\\ude00"]', error: true },
  { name: 'surrogates in the wrong order are refused', given: '["\\ude00\\ud83d"]', error: true },
  { name: 'a lone surrogate in a name is refused', given: '{"\\ud800":1}', error: true },
  { name: 'a number beyond a double is refused', given: '[1e400]', error: true },
]
writeFileSync(new URL('../canonical-json.json', import.meta.url), JSON.stringify(cases, null, 1) + '\n')
