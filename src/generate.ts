/**
 * `npm run generate`: writes all that is made from data, each after what it reads. One process, because reading
 * TypeScript and mathjs takes longer than all the work; imported one by one, because each reads what the one before wrote.
 */
const { writeFormulas } = await import('./formulas/write.ts')
writeFormulas()
const { writeFamilies } = await import('./import/families/write.ts')
writeFamilies()
const { writeCatalog } = await import('./import/catalog/write.ts')
writeCatalog()
const { writeSchemas } = await import('./schemas/write.ts')
writeSchemas()
const { writeDictionary } = await import('./dictionary/write.ts')
try {
  writeDictionary()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
