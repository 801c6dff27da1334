const REDIRECTS = 20;

export interface Page {
  /** Where it is, after all redirects. */
  url: URL;
  status: number;
  html: string;
}

/** A browser as far as signing in needs one: it keeps cookies for each host, follows redirects, and fills in forms. */
export class Browser {
  /** By origin, as cookies know hosts and not ports, which tests have many of. */
  private readonly jars = new Map<string, Map<string, string>>();

  /** @param stopAt is not gone to: the page that leads there is the answer, with its address */
  async open(address: string | URL, stopAt?: (url: URL) => boolean): Promise<Page> {
    return this.follow(new URL(address), {}, stopAt);
  }

  /** Sends the form of a page with these fields. */
  async submit(page: Page, fields: Record<string, string>, stopAt?: (url: URL) => boolean): Promise<Page> {
    const action = /<form[^>]*action="([^"]+)"/.exec(page.html)?.[1];
    if (action === undefined) throw new Error(`There is no form at ${page.url.href}: ${page.html}`);
    return this.follow(new URL(action, page.url), { method: 'POST', body: new URLSearchParams(fields) }, stopAt);
  }

  cookie(origin: string | URL, name: string): string | undefined {
    return this.jar(new URL(origin)).get(name);
  }

  setCookie(origin: string | URL, name: string, value: string): void {
    this.jar(new URL(origin)).set(name, value);
  }

  forget(origin: string | URL, name: string): void {
    this.jar(new URL(origin)).delete(name);
  }

  private async follow(first: URL, request: RequestInit, stopAt: (url: URL) => boolean = () => false): Promise<Page> {
    let [url, init] = [first, request];
    for (let count = 0; count < REDIRECTS; count++) {
      const cookie = [...this.jar(url)].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(url, { ...init, redirect: 'manual', headers: cookie === '' ? {} : { cookie } });
      this.keep(url, response.headers.getSetCookie());
      const location = response.headers.get('location');
      if (location === null) return { url, status: response.status, html: await response.text() };
      await response.arrayBuffer();
      url = new URL(location, url);
      init = {};
      if (stopAt(url)) return { url, status: response.status, html: '' };
    }
    throw new Error(`There is no end of redirects from ${first.href}`);
  }

  private keep(url: URL, cookies: readonly string[]): void {
    for (const cookie of cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(cookie)) this.jar(url).delete(name);
      else this.jar(url).set(name, value);
    }
  }

  private jar({ origin }: URL): Map<string, string> {
    const jar = this.jars.get(origin) ?? new Map<string, string>();
    this.jars.set(origin, jar);
    return jar;
  }
}
