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

test('it says its language and direction, and shows in lists what matters first', () => {
  const { html } = compose({
    subject: 's',
    greeting: 'مرحبًا،',
    paragraphs: ['هذا الرمز'],
    code: '012345',
    language: 'ar',
  });
  expect(html).toContain('<html lang="ar" dir="rtl">');
  expect(html).toContain('<p class="code" dir="ltr"');
  expect(
    html
      .replace(/<head>.*<\/head>/, '')
      .replace(/<[^>]+>/g, ' ')
      .trim(),
  ).toMatch(/^012345 · هذا الرمز/);
});

test('nothing is fetched when it is read', () => {
  const { html } = compose({ ...letter, link: { label: 'Go', url: 'https://chat.example/' } });
  expect(html.match(/https?:\/\/[^"]*/g)).toEqual(['https://chat.example/']);
  expect(html).not.toMatch(/<img|<link|@import|url\(/);
});
