import { Component, computed, effect, inject, input, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { RouterLink } from '@angular/router';
import type { AuditAction, AuditEvent, AuditFilter } from '@chatr/client';
import { Chatr, exactTime, PagedList, Toasts } from '../core';
import { actionWords, AUDIT_ACTIONS, detailWords } from './audit-words';
import { ListState } from './list-state';

type Person = NonNullable<AuditEvent['actor']>;

/** What was done to accounts, by whom and from where. */
@Component({
  selector: 'chatr-audit-page',
  imports: [FormsModule, ListState, RouterLink],
  templateUrl: './audit-page.html',
  styleUrls: ['../ui/card.css', './filters.css', './audit-page.css'],
})
export class AuditPage {
  /** The id of the account that it was done to; from the query. */
  readonly subject = input<string>();
  /** The id of who did it; from the query. */
  readonly actor = input<string>();
  /** The username of either; from the query, to be shown only. */
  readonly name = input<string>();

  private readonly chatr = inject(Chatr);
  private readonly toasts = inject(Toasts);

  protected readonly actions = AUDIT_ACTIONS;
  protected readonly action = signal<AuditAction | ''>('');
  /** Days as the date fields have them, of this browser's time zone; empty where none is chosen. */
  protected readonly from = signal('');
  protected readonly to = signal('');
  protected readonly exporting = signal(false);
  protected readonly events = new PagedList((cursor) => this.chatr.admin.audit(this.filter(), cursor));

  private readonly filter = computed<AuditFilter>(() => ({
    action: this.action() || undefined,
    actorId: this.actor(),
    subjectId: this.subject(),
    from: midnight(this.from(), 0),
    to: midnight(this.to(), 1),
  }));

  protected readonly words = actionWords;
  protected readonly details = detailWords;
  protected readonly exact = exactTime;

  constructor() {
    effect(() => {
      this.filter();
      void this.events.reload();
    });
  }

  protected nameOf({ username }: Person): string {
    return username === null ? 'a deleted account' : `@${username}`;
  }

  protected where({ address, userAgent }: AuditEvent): string {
    return [address, userAgent].filter((part) => part !== '').join(' · ');
  }

  protected async download(): Promise<void> {
    this.exporting.set(true);
    await this.toasts.attempt(async () => {
      const url = URL.createObjectURL(await this.chatr.admin.exportAudit(this.filter()));
      const link = document.createElement('a');
      link.href = url;
      link.download = `chatr-audit-${new Date().toISOString().slice(0, 10)}.csv`;
      link.click();
      URL.revokeObjectURL(url);
    });
    this.exporting.set(false);
  }
}

/** When a day begins here, or one that comes so many days later; undefined for no day. */
function midnight(day: string, later: number): string | undefined {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined) return undefined;
  return new Date(year, month - 1, date + later).toISOString();
}
