/**
 * Carries texts between the nodes that serve one database. What it carries is a hint: it may be lost (the other node, or Redis,
 * is away), so whoever relies on it must find out in another way, later. What one node publishes arrives in its order.
 * An injection token with adapters.
 */
export abstract class NodeLink {
  /**
   * Tells the other nodes, not this one. Never waits, never throws; what cannot be sent now is not sent.
   * @param text made only when there may be another node
   */
  abstract publish(topic: string, text: () => string): void;
  /** Hears what other nodes publish. Handlers must not throw. */
  abstract subscribe(topic: string, handler: (text: string) => void): void;
  /** Calls back whenever texts may have been missed: every few seconds while the link is down, and when it stands again. */
  abstract onGap(handler: () => void): void;
}
