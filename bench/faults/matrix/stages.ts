import type { GitHubStandIn } from '../../../__tests__/harness/github/stand-in.ts';
import type { Hit } from './kinds.ts';
import { MEASURED, measuredGround, measuredScene } from './measured.ts';
import { PUBLISHED, publishedGround, publishedScene } from './published.ts';
import { type Call, Kept, type Outcome, type Scene, tryScene } from './scene.ts';

export const STAGES = [...MEASURED, ...PUBLISHED] as const;
export type Stage = (typeof STAGES)[number];

type Stood = { scene: Scene; kept: Kept };

/** The stages, each made when it is first asked for. */
export class Matrix {
  readonly #actionDir: string;
  readonly #stood = new Map<Stage, Promise<Stood>>();
  readonly #hubs: GitHubStandIn[] = [];
  #measured: ReturnType<typeof measuredGround> | undefined;

  /** `actionDir`: the folder with action.yml and dist. */
  constructor(actionDir: string) {
    this.#actionDir = actionDir;
  }

  /** A run of the stage with these faults, and one after it without. */
  async trial(stage: Stage, hits: readonly Hit[]): Promise<Outcome> {
    const { scene, kept } = await this.#stand(stage);
    return tryScene(scene, kept, this.#actionDir, hits);
  }

  /** What the stage asks for when nothing goes wrong, and which of it is struck in this stage. Throws when it is not as it must be. */
  async clean(stage: Stage): Promise<{ calls: Call[]; struck: number[] }> {
    const { wrong, calls, log } = await this.trial(stage, []);
    if (wrong.length > 0) throw new Error(`${stage} without a fault: ${wrong.join('; ')}\n${log}`);
    const { own = () => true } = (await this.#stand(stage)).scene;
    return { calls, struck: calls.flatMap((call, index) => (own(call) ? [index] : [])) };
  }

  /** Rejects when a run has changed what was checked out, or asked for what GitHub does not understand. */
  async close(): Promise<void> {
    const problems: string[] = [];
    for (const [stage, standing] of this.#stood) {
      const { scene } = await standing;
      if (stage !== 'workflow_run' && !stage.startsWith('issue_comment')) {
        const changed = await scene.workspace.git('status', '--porcelain');
        if (changed !== '') problems.push(`${stage} changed its checkout:\n${changed}`);
      }
      scene.workspace.close();
    }
    for (const hub of this.#hubs) {
      problems.push(...new Set(hub.violations));
      await hub.close();
    }
    if (problems.length > 0) throw new Error(problems.join('\n'));
  }

  #stand(stage: Stage): Promise<Stood> {
    const known = this.#stood.get(stage);
    if (known) return known;
    const standing = this.#make(stage).then(async (scene) => ({
      scene,
      kept: await Kept.of(scene.hub.repository),
    }));
    this.#stood.set(stage, standing);
    return standing;
  }

  async #make(stage: Stage): Promise<Scene> {
    if (isMeasured(stage)) {
      this.#measured ??= measuredGround(this.#actionDir).then((ground) => {
        this.#hubs.push(ground.hub);
        return ground;
      });
      return measuredScene(stage, await this.#measured);
    }
    const ground = await publishedGround();
    this.#hubs.push(ground.hub);
    return publishedScene(stage, ground, this.#actionDir);
  }
}

function isMeasured(stage: Stage): stage is (typeof MEASURED)[number] {
  return (MEASURED as readonly string[]).includes(stage);
}
