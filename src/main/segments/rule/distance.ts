// Mean radius of the Earth (IUGG R1), standards.md 11.
const EARTH_M = 6_371_008.8
const DEGREE = Math.PI / 180

/** A point on the Earth, in degrees. */
export interface Point {
  readonly latitude: number
  readonly longitude: number
}

/** Great-circle distance in metres, by the haversine formula. */
export function distanceM(a: Point, b: Point): number {
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(haversine(a, b))))
}

/** The haversine of the angle between two points: rises with the distance, from 0 to 1. */
export function haversine(a: Point, b: Point): number {
  const half = Math.sin(((b.latitude - a.latitude) * DEGREE) / 2)
  const across = Math.sin(((b.longitude - a.longitude) * DEGREE) / 2)
  return half * half + Math.cos(a.latitude * DEGREE) * Math.cos(b.latitude * DEGREE) * across * across
}

/** The haversine of a distance in metres. Half around the Earth and more is 1: nobody is farther away. */
export function haversineOf(metres: number): number {
  const angle = metres / EARTH_M
  return angle >= Math.PI ? 1 : Math.sin(angle / 2) ** 2
}

/** Boxes of degrees that hold every point within `metres`, a little too large; two where they reach over the 180th meridian. */
export function boxesAround(
  { latitude, longitude }: Point,
  metres: number,
): readonly { readonly south: number; readonly north: number; readonly west: number; readonly east: number }[] {
  // Coordinates in the R*Tree are 32-bit floats: 1e-4 of a degree is well above their error.
  const reach = metres / EARTH_M / DEGREE + 1e-4
  const south = latitude - reach
  const north = latitude + reach
  if (south <= -90 || north >= 90) {
    return [{ south: Math.max(-91, south), north: Math.min(91, north), west: -181, east: 181 }]
  }
  const wide =
    Math.asin(Math.min(1, Math.sin(Math.min(reach, 90) * DEGREE) / Math.cos(latitude * DEGREE))) / DEGREE + 1e-4
  const west = longitude - wide
  const east = longitude + wide
  if (wide >= 180) return [{ south, north, west: -181, east: 181 }]
  if (west < -180) {
    return [
      { south, north, west: -181, east },
      { south, north, west: west + 360, east: 181 },
    ]
  }
  if (east > 180) {
    return [
      { south, north, west, east: 181 },
      { south, north, west: -181, east: east - 360 },
    ]
  }
  return [{ south, north, west, east }]
}
