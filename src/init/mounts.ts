/** A route that was seen in the sources. `reason` tells why it is not requested by itself. */
export type Seen = {
  method: string;
  route: string;
  file: string;
  reason?: string;
  /** It stands behind a prefix that could not be followed: `route` is what stands behind that. */
  lost?: true;
};

export type OwnRoute = { method: string; route: string; at: number; reason?: string };
/** Where a router is hung in. A prefix that nobody can tell is null. */
export type Mount = { parent: string; prefix: string | null; at: number; reason?: string };
/** From a place on, what stands behind a prefix asks who is calling. */
export type Guard = { prefix: string; at: number; reason: string };

/** An application, or a router that stands somewhere in one. */
export type Router = {
  file: string;
  /** An application answers by itself; a router that is hung in nowhere does not. */
  root: boolean;
  /** Its own prefix; null where it has one that nobody can tell. */
  base: string | null;
  routes: OwnRoute[];
  mounts: Mount[];
  guards: Guard[];
};

type Place = { prefix: string | null; reason: string | undefined };
const DEEPEST = 8;
const MOST_PLACES = 4;

/** The routes of all routers, each behind the prefixes it is hung in at. */
export function resolvedRoutes(routers: ReadonlyMap<string, Router>, join = joined): Seen[] {
  return [...routers.values()].flatMap((router) => {
    const places = placesOf(routers, router, join, 0);
    return router.routes.flatMap(({ method, route, at, reason: own }): Seen[] => {
      const known = places.filter(({ prefix }) => prefix !== null);
      if (known.length === 0)
        return [
          { method, route, file: router.file, ...(own === undefined ? {} : { reason: own }), lost: true },
        ];
      return known.map(({ prefix, reason }): Seen => {
        const why = reason ?? guardOf(router, route, at) ?? own;
        return {
          method,
          route: join(prefix ?? '', route),
          file: router.file,
          ...(why === undefined ? {} : { reason: why }),
        };
      });
    });
  });
}

function placesOf(
  routers: ReadonlyMap<string, Router>,
  router: Router,
  join: typeof joined,
  depth: number,
): Place[] {
  const own = (prefix: string | null): string | null =>
    prefix === null || router.base === null ? null : join(prefix, router.base);
  if (depth > DEEPEST) return [];
  if (router.mounts.length === 0) return router.root ? [{ prefix: own(''), reason: undefined }] : [];
  return router.mounts
    .slice(0, MOST_PLACES)
    .flatMap((mount) => {
      const parent = routers.get(mount.parent);
      const above = parent === undefined ? [] : placesOf(routers, parent, join, depth + 1);
      return above.map((place) => ({
        prefix: place.prefix === null || mount.prefix === null ? null : own(join(place.prefix, mount.prefix)),
        reason:
          place.reason ??
          mount.reason ??
          (parent === undefined ? undefined : guardOf(parent, mount.prefix ?? '', mount.at)),
      }));
    })
    .slice(0, MOST_PLACES);
}

const guardOf = ({ guards }: Router, route: string, at: number): string | undefined =>
  guards.find(
    (guard) =>
      guard.at < at &&
      (guard.prefix === '' || route === guard.prefix || route.startsWith(`${guard.prefix}/`)),
  )?.reason;

/** `/api` and `/users` are `/api/users`; `/api` and `/` are `/api`. */
export function joined(prefix: string, route: string): string {
  const parts = [prefix, route].flatMap((part) => part.split('/')).filter((part) => part !== '');
  const slash = route.length > 1 && route.endsWith('/') ? '/' : '';
  return `/${parts.join('/')}${parts.length > 0 ? slash : ''}`;
}
