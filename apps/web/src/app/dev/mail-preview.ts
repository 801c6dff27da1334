import { Component, computed, inject, resource, signal } from '@angular/core';
import { DomSanitizer, type SafeHtml } from '@angular/platform-browser';
import { exactTime } from '../core';
import { Icon } from '../ui';

interface Preview {
  subject: string;
  text: string;
  html: string;
}

interface Kept extends Preview {
  to: string;
  channel: 'email' | 'sms';
  sentAt: string;
}

const SHOWN = 20;

/** For whoever works on Chatr: every mail in every language, and what the development mailbox got last. Not in production. */
@Component({
  selector: 'chatr-mail-preview',
  imports: [Icon],
  templateUrl: './mail-preview.html',
  styleUrl: './mail-preview.css',
})
export class MailPreview {
  private readonly sanitizer = inject(DomSanitizer);

  protected readonly chosen = signal('verification');
  protected readonly language = signal('en');
  /** A kept message that is looked at in place of a template. */
  protected readonly kept = signal<Kept | undefined>(undefined);
  protected readonly choices = resource({
    loader: () => ask<{ templates: string[]; languages: string[] }>('mails'),
  });
  protected readonly mailbox = resource({ loader: () => ask<Kept[]>('mailbox') });
  private readonly preview = resource({
    params: () => ({ template: this.chosen(), language: this.language() }),
    loader: ({ params }) => ask<Preview>(`mails/${params.template}?language=${params.language}`),
  });

  protected readonly newest = computed(() => (this.mailbox.hasValue() ? this.mailbox.value().slice(0, SHOWN) : []));
  protected readonly shown = computed<Preview | undefined>(
    () => this.kept() ?? (this.preview.hasValue() ? this.preview.value() : undefined),
  );
  /** Trusted as it is shown in a sandbox, without scripts and without our origin; cleaned, it would lose its looks. */
  protected readonly html = computed<SafeHtml>(() => this.sanitizer.bypassSecurityTrustHtml(this.shown()?.html ?? ''));
  protected readonly exact = exactTime;

  protected show(template: string, language: string): void {
    this.kept.set(undefined);
    this.chosen.set(template);
    this.language.set(language);
  }
}

async function ask<T>(path: string): Promise<T> {
  const answer = await fetch(`/api/dev/${path}`);
  if (!answer.ok) throw new Error(`The server answered ${answer.status}`);
  return (await answer.json()) as T;
}
