import { Component, inject, resource, signal } from '@angular/core';
import type { Block, Page } from '@chatr/client';
import { ago, Chatr, errorWords, exactTime, Now, Toasts } from '../core';
import { Blocking, PersonRow } from '../people';

/** Whom this person blocked, and a way to take it back. */
@Component({
  selector: 'chatr-blocked-settings',
  imports: [PersonRow],
  template: `
    <h2>Blocked people</h2>
    @if (blocks.hasValue()) {
      <ul>
        @for (block of blocks.value().items; track block.user.id) {
          <li class="item">
            <chatr-person-row [user]="block.user">
              <span class="muted" [title]="exact(block.createdAt)">{{ since(block) }}</span>
              <button
                type="button"
                class="button button-small"
                [attr.aria-label]="'Unblock ' + block.user.displayName"
                (click)="unblock(block)"
              >
                Unblock
              </button>
            </chatr-person-row>
          </li>
        } @empty {
          <li class="muted">You have blocked nobody. You can block somebody from their profile.</li>
        }
      </ul>
      @if (blocks.value().nextCursor !== null) {
        <button type="button" class="link-button" [disabled]="loading()" (click)="more()">Show more</button>
      }
    } @else if (problem(); as problem) {
      <p class="muted">
        {{ problem }} <button type="button" class="link-button" (click)="blocks.reload()">Try again</button>
      </p>
    } @else {
      <p class="muted" role="status">Loading…</p>
    }
  `,
  styleUrl: '../ui/card.css',
})
export class BlockedSettings {
  private readonly blocking = inject(Blocking);
  private readonly chatr = inject(Chatr);
  private readonly now = inject(Now);
  private readonly toasts = inject(Toasts);

  protected readonly blocks = resource({ loader: (): Promise<Page<Block>> => this.chatr.users.blocks() });
  protected readonly loading = signal(false);
  protected readonly exact = exactTime;

  protected problem(): string | undefined {
    const error = this.blocks.error();
    return error === undefined ? undefined : errorWords(error);
  }

  protected since(block: Block): string {
    return ago(block.createdAt, this.now.value());
  }

  protected async unblock({ user }: Block): Promise<void> {
    if (!(await this.blocking.unblock(user))) return;
    this.blocks.update((page) => page && { ...page, items: page.items.filter((block) => block.user.id !== user.id) });
    this.toasts.show(`${user.displayName} is unblocked.`);
  }

  protected async more(): Promise<void> {
    const page = this.blocks.hasValue() ? this.blocks.value() : undefined;
    if (page === undefined || page.nextCursor === null) return;
    const cursor = page.nextCursor;
    this.loading.set(true);
    await this.toasts.attempt(async () => {
      const next = await this.chatr.users.blocks(cursor);
      this.blocks.set({ ...next, items: [...page.items, ...next.items] });
    });
    this.loading.set(false);
  }
}
