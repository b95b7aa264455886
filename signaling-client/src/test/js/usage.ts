// Never run: what a page in TypeScript writes, accepted or refused by the type declarations.
import { SignalServer, type SignalState } from '../../main/resources/META-INF/resources/signaling/signal-server.js';

const channel = new SignalServer('stream-video');
new SignalServer('stream-video', {});
new SignalServer('stream-video', { url: new URL('wss://signal.example/signal') });

channel.onmessage = ({ data }) => console.log(data.type);
channel.onmessageerror = null;
channel.onstatechange = ({ state, code, reason, delay }) => console.log(state, code + delay, reason.length);
channel.onerror = ({ code, detail }) => console.log(code.length, detail.length);
channel.addEventListener('message', (event) => console.log(event.data, event.origin));
channel.addEventListener('statechange', (event) => console.log(event.delay), { once: true });
channel.addEventListener('error', function (event) {
  console.log(this.name, event.code);
});
channel.addEventListener('something-else', { handleEvent: (event: Event) => console.log(event.type) });

const connection = new RTCPeerConnection();
connection.onicecandidate = ({ candidate }) => channel.postMessage({ type: 'icecandidate', candidate });
const offer = await connection.createOffer();
channel.postMessage({ type: 'offer', sdp: offer.sdp });
channel.postMessage(offer);
if (connection.localDescription !== null) {
  channel.postMessage(connection.localDescription);
}

const state: SignalState = channel.state;
const words: string[] = [channel.name, channel.url, state];
console.log(words);
channel.close();

// What takes a BroadcastChannel's place takes its calls.
const stand: Pick<BroadcastChannel, 'name' | 'close'> = channel;
stand.close();

// @ts-expect-error a channel has a name
new SignalServer();
// @ts-expect-error the name is for good
channel.name = 'other';
// @ts-expect-error the server carries objects with a type
channel.postMessage('hello');
// @ts-expect-error the type is a text
channel.postMessage({ type: 1 });
// @ts-expect-error there is no such state
const wrong: SignalState = 'open';
console.log(wrong);
// @ts-expect-error the delay belongs to a change of state
channel.onerror = (event) => event.delay;
