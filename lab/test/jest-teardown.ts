// Jest calls it once after all files.
export { removeEmptyDatabase as default } from '../../backend/test-fixtures/empty-database.ts';
