import type { Page } from "playwright";
import type { Envelope } from "#contract/envelope";
import type { Transport } from "#contract/transport";
import type { WindowApi } from "#contract/window-api";

/** What the test keeps in the page: a tray of messages for each subscription. */
interface TestTrays {
  gatehouse: WindowApi;
  trays: Map<number, { messages: unknown[]; stop: () => void }>;
}

const pollMs = 10;

/**
 * The transport of a real window, from outside: requests go through the page's `window.gatehouse`, and messages are
 * fetched from the page in the order in which they arrived there.
 */
export function createPageTransport(page: Page): Transport {
  let last = 0;
  return {
    invoke: (name, input) =>
      page.evaluate<Envelope, [string, unknown]>(
        ([request, value]) => (window as unknown as TestTrays).gatehouse.invoke(request, value),
        [name, input],
      ),
    subscribe(sinceSequence, onMessage, onConnection) {
      const id = (last += 1);
      let stopped = false;
      const follow = async (): Promise<void> => {
        await page.evaluate(
          ([tray, since]) => {
            const held = window as unknown as TestTrays;
            held.trays ??= new Map();
            const messages: unknown[] = [];
            const stop = held.gatehouse.subscribe(since, (message) => messages.push(message));
            held.trays.set(tray, { messages, stop });
          },
          [id, sinceSequence] as const,
        );
        onConnection("connected");
        while (!stopped) {
          const messages = await page.evaluate(
            (tray) => (window as unknown as TestTrays).trays.get(tray)?.messages.splice(0) ?? [],
            id,
          );
          for (const message of messages) if (!stopped) onMessage(message);
          await page.waitForTimeout(pollMs);
        }
        await page.evaluate((tray) => {
          (window as unknown as TestTrays).trays.get(tray)?.stop();
          (window as unknown as TestTrays).trays.delete(tray);
        }, id);
      };
      const following = follow();
      // A page that is closed while it is being read has nothing more to say.
      following.catch(() => undefined);
      return () => {
        stopped = true;
      };
    },
  };
}
