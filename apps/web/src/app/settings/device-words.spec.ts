import { deviceWords } from './device-words';

describe('deviceWords', () => {
  it('names browsers and systems by what people call them', () => {
    expect(deviceWords('Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe(
      'Firefox on Windows',
    );
    expect(
      deviceWords(
        'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0',
      ),
    ).toBe('Edge on Linux');
    expect(
      deviceWords('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1'),
    ).toBe('Safari on iPhone');
    expect(deviceWords('Mozilla/5.0 (Linux; Android 16) Chrome/142.0 Mobile Safari/537.36')).toBe('Chrome on Android');
  });

  it('leaves other programs their own names', () => {
    expect(deviceWords('node')).toBe('node');
    expect(deviceWords('')).toBe('Unknown device');
  });
});
