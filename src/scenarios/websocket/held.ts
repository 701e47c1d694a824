import type { WebSocketScenario } from '../../domain/config.ts';
import type { Side, Stretch } from '../../domain/driver.ts';
import { Lane } from './lane.ts';
import { LatePushes } from './late-pushes.ts';
import { StretchRun } from './load.ts';
import { CompiledSide, type Share } from './side.ts';

/** What may wait to be written in all connections of a process together, and in one of them. */
const CLOG_BYTES = { all: 64 * 1024 * 1024, least: 16 * 1024, most: 1024 * 1024 };

/**
 * The connections of one side, held from stretch to stretch. The first stretch that counts opens them anew, when the
 * target has been warmed up, so that opening and subscribing are among what is measured.
 */
class HeldSide {
  readonly url: string;
  readonly #side: CompiledSide;
  readonly #clogAt: number;
  #late: LatePushes;
  #lanes: Lane[] = [];
  #warmingUp = true;

  constructor(scenario: WebSocketScenario, url: string, share: Share) {
    this.url = url;
    this.#side = new CompiledSide(scenario, url, share);
    this.#late = new LatePushes(this.#side);
    const each = CLOG_BYTES.all / Math.max(1, share.connections);
    this.#clogAt = Math.min(CLOG_BYTES.most, Math.max(CLOG_BYTES.least, each));
  }

  begin(stretch: Stretch): StretchRun {
    const warmsUp = stretch.kind === 'warmup';
    if (this.#lanes.length === 0 || (this.#warmingUp && !warmsUp)) {
      this.abandon();
      this.#late = new LatePushes(this.#side);
      this.#lanes = Array.from(
        { length: this.#side.share.connections },
        (_, i) => new Lane(i, this.#side, this.#clogAt, this.#late),
      );
    }
    this.#warmingUp = warmsUp;
    return new StretchRun(this.#side, this.#lanes, stretch, this.#late);
  }

  abandon(): void {
    for (const lane of this.#lanes) lane.abandon();
    this.#lanes = [];
  }
}

/** The connections of both sides of one scenario, in one process. */
export class HeldConnections {
  readonly #scenario: WebSocketScenario;
  readonly #share: Share;
  readonly #sides = new Map<Side['name'], HeldSide>();

  /** Throws a UsageError for a pattern or JSON path that cannot be read. */
  constructor(scenario: WebSocketScenario, share: Share) {
    this.#scenario = scenario;
    this.#share = share;
    new CompiledSide(scenario, 'http://localhost', share);
  }

  begin(side: { name: Side['name']; url: string }, stretch: Stretch): StretchRun {
    let held = this.#sides.get(side.name);
    if (held?.url !== side.url) {
      held?.abandon();
      held = new HeldSide(this.#scenario, side.url, this.#share);
      this.#sides.set(side.name, held);
    }
    return held.begin(stretch);
  }
}
