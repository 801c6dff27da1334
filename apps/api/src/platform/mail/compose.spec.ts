import { compose } from './compose.js';

const letter = {
  subject: 'A <b>subject</b>',
  greeting: 'Hello <script>alert("1")</script> & co,',
  paragraphs: ['one', 'two'],
  code: '012345',
  link: { label: 'Go', url: 'https://chat.example/register?invite=a&b="' },
  footnote: "don't",
};

test('nothing of what people chose becomes markup', () => {
  const { html } = compose(letter);
  expect(html).not.toContain('<script>');
  expect(html).toContain('Hello &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; co,');
  expect(html).toContain('href="https://chat.example/register?invite=a&amp;b=&quot;"');
  expect(html).toContain('<title>A &lt;b&gt;subject&lt;/b&gt;</title>');
});

test('in the text the code stands first, in a line of its own', () => {
  expect(compose(letter).text.split('\n')[0]).toBe('012345');
});

test('what a letter does not have leaves no gap', () => {
  const { text } = compose({ subject: 's', greeting: 'Hello,', paragraphs: ['one'] });
  expect(text).toBe('Hello,\n\none\n');
});
