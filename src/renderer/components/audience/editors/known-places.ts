/** A place that can be chosen by name. */
export interface KnownPlace {
  readonly name: string
  readonly latitude: number
  readonly longitude: number
}

const at = (name: string, latitude: number, longitude: number): KnownPlace => ({ name, latitude, longitude })

/** Large cities, so that the usual case needs no coordinates; any other place is given as "latitude, longitude". */
export const KNOWN_PLACES: readonly KnownPlace[] = [
  at('Amsterdam', 52.3676, 4.9041),
  at('Athens', 37.9838, 23.7275),
  at('Barcelona', 41.3874, 2.1686),
  at('Berlin', 52.52, 13.405),
  at('Boston', 42.3601, -71.0589),
  at('Brussels', 50.8503, 4.3517),
  at('Bucharest', 44.4268, 26.1025),
  at('Budapest', 47.4979, 19.0402),
  at('Buenos Aires', -34.6037, -58.3816),
  at('Cape Town', -33.9249, 18.4241),
  at('Chicago', 41.8781, -87.6298),
  at('Copenhagen', 55.6761, 12.5683),
  at('Dallas', 32.7767, -96.797),
  at('Denver', 39.7392, -104.9903),
  at('Dubai', 25.2048, 55.2708),
  at('Dublin', 53.3498, -6.2603),
  at('Florence', 43.7696, 11.2558),
  at('Frankfurt', 50.1109, 8.6821),
  at('Geneva', 46.2044, 6.1432),
  at('Hamburg', 53.5511, 9.9937),
  at('Helsinki', 60.1699, 24.9384),
  at('Hong Kong', 22.3193, 114.1694),
  at('Houston', 29.7604, -95.3698),
  at('Istanbul', 41.0082, 28.9784),
  at('Johannesburg', -26.2041, 28.0473),
  at('Kraków', 50.0647, 19.945),
  at('Lisbon', 38.7223, -9.1393),
  at('London', 51.5074, -0.1278),
  at('Los Angeles', 34.0522, -118.2437),
  at('Lyon', 45.764, 4.8357),
  at('Madrid', 40.4168, -3.7038),
  at('Manchester', 53.4808, -2.2426),
  at('Marseille', 43.2965, 5.3698),
  at('Melbourne', -37.8136, 144.9631),
  at('Mexico City', 19.4326, -99.1332),
  at('Miami', 25.7617, -80.1918),
  at('Milan', 45.4642, 9.19),
  at('Montreal', 45.5019, -73.5674),
  at('Mumbai', 19.076, 72.8777),
  at('Munich', 48.1351, 11.582),
  at('Naples', 40.8518, 14.2681),
  at('New York', 40.7128, -74.006),
  at('Oslo', 59.9139, 10.7522),
  at('Paris', 48.8566, 2.3522),
  at('Porto', 41.1579, -8.6291),
  at('Prague', 50.0755, 14.4378),
  at('Rome', 41.9028, 12.4964),
  at('San Francisco', 37.7749, -122.4194),
  at('São Paulo', -23.5505, -46.6333),
  at('Seattle', 47.6062, -122.3321),
  at('Singapore', 1.3521, 103.8198),
  at('Stockholm', 59.3293, 18.0686),
  at('Sydney', -33.8688, 151.2093),
  at('Tokyo', 35.6762, 139.6503),
  at('Toronto', 43.6532, -79.3832),
  at('Turin', 45.0703, 7.6869),
  at('Vienna', 48.2082, 16.3738),
  at('Vancouver', 49.2827, -123.1207),
  at('Warsaw', 52.2297, 21.0122),
  at('Zurich', 47.3769, 8.5417),
]

/** The place that was typed: a known name, or "41.9, 12.5"; null where it is neither. */
export function placeTyped(text: string): KnownPlace | null {
  const known = KNOWN_PLACES.find(place => place.name.toLowerCase() === text.trim().toLowerCase())
  if (known) return known
  const numbers = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text)
  if (!numbers) return null
  const [latitude, longitude] = [Number(numbers[1]), Number(numbers[2])]
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { name: '', latitude, longitude } : null
}
