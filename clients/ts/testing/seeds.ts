/** As many fresh seeds as TASKGRID_SEEDS says; a failure names its seed. */
export function freshSeeds(otherwise: number): readonly number[] {
  const count = Number(process.env['TASKGRID_SEEDS'] ?? otherwise)
  return Array.from({ length: count }, () => Math.floor(Math.random() * 2 ** 31))
}
