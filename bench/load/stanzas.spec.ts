import { StanzaReader } from './stanzas.js';

const OPEN = `<?xml version='1.0'?><stream:stream id='1' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>`;

function reading(): { reader: StanzaReader; stanzas: string[]; opened: () => number } {
  const stanzas: string[] = [];
  let opened = 0;
  const reader = new StanzaReader({
    opened: () => opened++,
    stanza: (buffer, start, end) => stanzas.push(buffer.toString('utf8', start, end)),
  });
  return { reader, stanzas, opened: () => opened };
}

describe('the reader of XMPP streams', () => {
  const STANZAS = [
    `<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism></mechanisms></stream:features>`,
    `<presence from='a@b'/>`,
    `<message to='a@b' title='1 > 0 "/>'><body>Käse &lt;b/&gt; 🧀</body><x xmlns="jabber:x"/></message>`,
    `<iq type="result" id='7'></iq>`,
  ];

  it('cuts a stream into its stanzas', () => {
    const { reader, stanzas, opened } = reading();
    reader.read(Buffer.from(OPEN + STANZAS.join('')));
    expect(opened()).toBe(1);
    expect(stanzas).toEqual(STANZAS);
  });

  it('does so wherever the network cuts it', () => {
    const bytes = Buffer.from(`${OPEN}${STANZAS.join('\n')}`);
    for (const size of [1, 2, 7, 50]) {
      const { reader, stanzas } = reading();
      const shared = Buffer.alloc(size);
      for (let at = 0; at < bytes.length; at += size) {
        // As it is in use: the next chunk comes in the same memory.
        const length = bytes.copy(shared, 0, at, at + size);
        reader.read(shared.subarray(0, length));
      }
      expect(stanzas.map((stanza) => stanza.trim())).toEqual(STANZAS);
    }
  });

  it('begins anew after log-in', () => {
    const { reader, stanzas, opened } = reading();
    reader.read(Buffer.from(`${OPEN}<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>`));
    reader.reset();
    reader.read(Buffer.from(`${OPEN}<a/>`));
    expect(opened()).toBe(2);
    expect(stanzas.at(-1)).toBe('<a/>');
  });

  it('takes the end of the stream for no stanza', () => {
    const { reader, stanzas } = reading();
    reader.read(Buffer.from(`${OPEN}<a></a></stream:stream>`));
    expect(stanzas).toEqual(['<a></a>']);
  });
});
