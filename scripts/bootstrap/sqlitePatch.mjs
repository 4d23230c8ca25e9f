import { SetupError } from './report.mjs'

/*
 * better-sqlite3 keeps persistent references to JavaScript strings, which a runtime may only be asked for from
 * Node-API 10 on; an older one crashes. The patch keeps each string in an array of one element and refers to the
 * array, which every version allows. It is text for text, and fails if the source is not what it was written for.
 */

/** Stands in for Napi::Reference<Napi::String>: exactly the members that better-sqlite3 uses. */
const BOXED_STRING = `
// A persistent reference to a string for Node-API 9, where only objects can be referred to: the string is the only
// element of an array.
class BoxedString {
public:
	BoxedString() {}
	explicit BoxedString(Napi::String string) {
		Napi::Array box = Napi::Array::New(string.Env(), 1);
		box.Set(static_cast<uint32_t>(0), string);
		reference = Napi::Persistent(box);
	}
	inline Napi::String Value() const {
		return reference.Value().Get(static_cast<uint32_t>(0)).As<Napi::String>();
	}
private:
	Napi::Reference<Napi::Array> reference;
};
`

const REFERENCE = 'Napi::Reference<Napi::String>'

/**
 * @typedef {{ find: string, replace: string, count: number }} Edit one replacement and how often it has to apply
 * @type {Readonly<Record<string, readonly Edit[]>>}
 */
export const EDITS = {
  'src/better_sqlite3.cpp': [
    {
      find: '#include "util/helpers.cpp"\n',
      replace: `${BOXED_STRING}\n#include "util/helpers.cpp"\n`,
      count: 1,
    },
  ],
  'src/util/helpers.cpp': [{ find: REFERENCE, replace: 'BoxedString', count: 1 }],
  'src/util/constants.cpp': [
    {
      find: 'Napi::Persistent(InternalizedFromLatin1(env, str))',
      replace: 'BoxedString(InternalizedFromLatin1(env, str))',
      count: 2,
    },
    { find: REFERENCE, replace: 'BoxedString', count: 20 },
  ],
  'src/util/bind-map.cpp': [
    {
      find: 'Napi::Persistent(InternalizedFromUtf8(env, name, -1))',
      replace: 'InternalizedFromUtf8(env, name, -1)',
      count: 1,
    },
    { find: 'Napi::Persistent(pair->name.Value())', replace: 'pair->name.Value()', count: 1 },
    { find: REFERENCE, replace: 'BoxedString', count: 1 },
  ],
}

/**
 * @param {string} file the name, for the message
 * @param {string} source
 * @param {readonly Edit[]} edits
 * @returns {string}
 */
export function applyEdits(file, source, edits) {
  let text = source
  for (const { find, replace, count } of edits) {
    const parts = text.split(find)
    if (parts.length - 1 !== count) {
      throw new SetupError(
        `better-sqlite3 has changed: ${file} has ${parts.length - 1} times «${find.trim()}», expected ${count}. ` +
          'The patch in scripts/bootstrap/sqlitePatch.mjs has to be adapted.',
      )
    }
    text = parts.join(replace)
  }
  return text
}

/**
 * The preprocessor definitions in better-sqlite3's deps/defines.gypi, so that SQLite gets the options it always has.
 * @param {string} gypi
 * @returns {string[]}
 */
export function sqliteDefines(gypi) {
  const list = /'defines':\s*\[([^\]]*)\]/.exec(gypi)?.[1] ?? ''
  const defines = [...list.matchAll(/'([^']+)'/g)].map((match) => match[1] ?? '')
  if (!defines.includes('SQLITE_ENABLE_COLUMN_METADATA')) {
    throw new SetupError("better-sqlite3 has changed: its deps/defines.gypi does not list SQLite's options")
  }
  return defines
}
