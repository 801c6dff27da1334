const REDIRECTS = 20;

export interface Page {
  /** Where it is, after all redirects. */
  url: URL;
  status: number;
  html: string;
}

interface Cookie {
  value: string;
  /** Left out of what another site caused. */
  strict: boolean;
}

/** A browser as far as signing in needs one: it keeps cookies for each site, follows redirects, and fills in forms. */
export class Browser {
  /** By origin: to cookies all of `127.0.0.1` is one, but tests have many servers there. */
  private readonly jars = new Map<string, Map<string, Cookie>>();

  /** Follows a link of the same site. @param stopAt is not gone to: the page that leads there is the answer, with its address */
  async open(address: string | URL, stopAt?: (url: URL) => boolean): Promise<Page> {
    const url = new URL(address);
    return this.follow(url, {}, url, stopAt);
  }

  /** Sends the form of a page with these fields. */
  async submit(page: Page, fields: Record<string, string>, stopAt?: (url: URL) => boolean): Promise<Page> {
    const action = /<form[^>]*action="([^"]+)"/.exec(page.html)?.[1];
    if (action === undefined) throw new Error(`There is no form at ${page.url.href}: ${page.html}`);
    const request = { method: 'POST', body: new URLSearchParams(fields) };
    return this.follow(new URL(action, page.url), request, page.url, stopAt);
  }

  cookie(origin: string | URL, name: string): string | undefined {
    return this.jar(new URL(origin)).get(name)?.value;
  }

  setCookie(origin: string | URL, name: string, value: string): void {
    this.jar(new URL(origin)).set(name, { value, strict: false });
  }

  forget(origin: string | URL, name: string): void {
    this.jar(new URL(origin)).delete(name);
  }

  /** @param from the page that leads there: what it and each redirect on the way belong to decides what is cross-site */
  private async follow(
    first: URL,
    request: RequestInit,
    from: URL,
    stopAt: (url: URL) => boolean = () => false,
  ): Promise<Page> {
    let [url, init] = [first, request];
    const origins = new Set([from.origin]);
    for (let count = 0; count < REDIRECTS; count++) {
      origins.add(url.origin);
      const response = await fetch(url, { ...init, redirect: 'manual', headers: this.headersFor(url, origins) });
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

  private headersFor(url: URL, origins: ReadonlySet<string>): Record<string, string> {
    const isCrossSite = origins.size > 1;
    const cookies = [...this.jar(url)].filter(([, { strict }]) => !strict || !isCrossSite);
    return {
      'sec-fetch-site': isCrossSite ? 'cross-site' : 'same-origin',
      ...(cookies.length === 0 ? {} : { cookie: cookies.map(([name, { value }]) => `${name}=${value}`).join('; ') }),
    };
  }

  private keep(url: URL, cookies: readonly string[]): void {
    for (const cookie of cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(cookie)) this.jar(url).delete(name);
      else this.jar(url).set(name, { value, strict: /samesite=strict/i.test(cookie) });
    }
  }

  private jar({ origin }: URL): Map<string, Cookie> {
    const jar = this.jars.get(origin) ?? new Map<string, Cookie>();
    this.jars.set(origin, jar);
    return jar;
  }
}
