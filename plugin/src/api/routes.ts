import table from '../../routes.json' with { type: 'json' };

/** The contract's routes, as printed: name → method, path, access. */
export const routes = table;
