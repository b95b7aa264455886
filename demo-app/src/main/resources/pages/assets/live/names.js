// The names of rooms, which are part of their addresses.

const LONGEST = 123;

const FIRST = ['amber', 'brisk', 'calm', 'clever', 'cosy', 'early', 'fern', 'gentle', 'golden', 'happy', 'ivory', 'jolly', 'lively', 'lucky', 'mellow', 'misty', 'noble', 'quiet', 'rosy', 'silver', 'sunny', 'swift', 'tidy', 'velvet'];
const SECOND = ['badger', 'beaver', 'comet', 'crane', 'dolphin', 'falcon', 'finch', 'fox', 'harbor', 'heron', 'lantern', 'lark', 'lynx', 'maple', 'meadow', 'otter', 'owl', 'pebble', 'puffin', 'raven', 'river', 'robin', 'sparrow', 'willow'];

/** A name that can be read out to somebody, and is hardly taken by chance: one of more than five million. */
export function randomName() {
  const [first, second, number] = crypto.getRandomValues(new Uint32Array(3));
  return `${FIRST[first % FIRST.length]}-${SECOND[second % SECOND.length]}-${1000 + (number % 9000)}`;
}

/** What is wrong with a name, in words; empty if nothing is. */
export function faultOf(name) {
  if (name === '') {
    return 'Give the room a name, or press “Make a room”.';
  }
  if (name.length > LONGEST) {
    return `The name is too long: a room’s has ${LONGEST} characters at most.`;
  }
  if (/[/\\\p{Cc}]/u.test(name) || name === '__proto__' || /^\.+$/.test(name)) {
    return 'This can be no room’s name: leave out slashes and whatever is no ordinary character.';
  }
  return '';
}
