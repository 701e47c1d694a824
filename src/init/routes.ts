import type { Finding } from './finding.ts';
import { sources, type Tree } from './tree.ts';

const HEALTH =
  /["'`](?:GET )?(\/(?:(?:api|actuator|internal|-|_)\/)?(?:v\d\/)?(?:health|healthz|health-?check|_health|ready|readyz|readiness|live|livez|liveness|ping|status|up))\/?["'`]/g;
/** The likeliest to answer 2xx as soon as the service does. */
const PREFERENCE = [
  'ready',
  'readyz',
  'readiness',
  'health',
  'healthz',
  'healthcheck',
  'health-check',
  '_health',
];

const PLAIN = '(\\/[\\w./~-]*)';
/** GET routes on the application itself: those of a router may stand behind a prefix. */
const ROUTES: readonly RegExp[] = [
  // app.get('/x'), fastify.get("/x", server.get<Reply>('/x'
  new RegExp(`\\b(?:app|server|fastify|api)\\.get(?:<[^>]*>)?\\(\\s*["'\`]${PLAIN}["'\`]\\s*,`, 'g'),
  // @app.get("/x"), @app.route("/x")
  new RegExp(`@app\\.(?:get|route)\\(\\s*["']${PLAIN}["']\\s*[,)](?![^)\\n]*methods)`, 'g'),
  // http.HandleFunc("GET /x", mux.HandleFunc("/x", r.GET("/x", e.GET("/x"
  new RegExp(`\\.(?:HandleFunc|Handle)\\(\\s*"(?:GET )?${PLAIN}"`, 'g'),
  new RegExp(`\\b(?:r|e|app|router)\\.(?:GET|Get)\\(\\s*"${PLAIN}"`, 'g'),
  // .route("/x", get(handler))
  new RegExp(`\\.route\\(\\s*"${PLAIN}"\\s*,\\s*(?:axum::routing::|web::)?get\\(`, 'g'),
];

/** A path in the sources that tells whether the service is ready, the likeliest one. */
export function healthPath(tree: Tree, first: readonly string[]): Finding<string> | null {
  let best: { value: string; why: string; rank: number } | undefined;
  for (const { path, text } of sources(tree, first)) {
    for (const [, value = ''] of text.matchAll(HEALTH)) {
      const rank = rankOf(value);
      if (best === undefined || rank < best.rank) best = { value, why: path, rank };
    }
    if (best !== undefined && first.includes(path)) break;
  }
  return best === undefined ? null : { value: best.value, why: best.why };
}

function rankOf(path: string): number {
  const at = PREFERENCE.indexOf(path.slice(path.lastIndexOf('/') + 1));
  return at < 0 ? PREFERENCE.length : at;
}

export const isHealth = (path: string): boolean => path !== '' && `"${path}"`.match(HEALTH) !== null;

/** GET routes without parameters that stand in the sources as texts; none where there is no telling. */
export function sourceRoutes(tree: Tree, first: readonly string[]): Finding<string[]> | null {
  const found = new Map<string, string>();
  for (const { path, text } of sources(tree, first)) {
    for (const pattern of ROUTES)
      for (const [, route = ''] of text.matchAll(pattern)) if (!found.has(route)) found.set(route, path);
  }
  if (found.size === 0) return null;
  return { value: [...found.keys()], why: [...new Set(found.values())].slice(0, 3).join(', ') };
}
