// Jest calls it once before all files.
export { makeEmptyDatabase as default } from '../../backend/test-fixtures/empty-database.ts';
