// Imports have one direction: plugin → shared ← backend. Held here, not by memory.
import wordpress from '@wordpress/eslint-plugin';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const screens = [ 'plugin/src/**/*.{ts,tsx}' ];

/** Forbids imports whose path matches one of `patterns`, in `files`, because `message`. */
const fence = ( files, patterns, message ) => ( {
	files,
	ignores: [ '**/*.test.ts', '**/*.test.tsx' ],
	rules: { 'no-restricted-imports': [ 'error', { patterns: [ { regex: patterns.join( '|' ), message } ] } ] },
} );

export default tseslint.config(
	{ ignores: [ '**/node_modules/', 'plugin/build/', 'dist/', '.lab*/', '**/*.min.js' ] },
	...tseslint.configs.recommended,
	{
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		rules: {
			eqeqeq: 'error',
			'no-console': 'error',
			'prefer-const': 'error',
			'max-lines': [ 'error', { max: 260, skipBlankLines: true, skipComments: true } ],
			'no-restricted-exports': [
				'error',
				{ restrictDefaultExports: { direct: true, named: true, defaultFrom: true } },
			],
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/no-unused-vars': [ 'error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' } ],
		},
	},
	{
		// configurations and the doors of a program
		files: [ '**/*.config.{mjs,js,ts}', '.eslint.config.mjs', 'lab/**', '**/webpack.config.*' ],
		rules: { 'no-restricted-exports': 'off', 'no-console': 'off' },
	},
	{
		// a test of one subject may be long: it is a list of examples
		files: [ '**/*.test.ts', '**/*.test.tsx' ],
		rules: { 'max-lines': 'off' },
	},
	{
		files: [ 'backend/**/*.ts', 'lab/**/*.ts' ],
		ignores: [ 'backend/src/errors.ts' ],
		rules: {
			'no-restricted-syntax': [
				'error',
				{
					selector: 'BinaryExpression[operator="instanceof"][right.name="GatewayError"]',
					message: 'isFailure( error, code ) keeps the type of the detail, which instanceof makes any',
				},
			],
		},
	},
	...wordpress.configs[ 'jsx-a11y' ].map( ( config ) => ( { ...config, files: screens } ) ),
	{
		files: screens,
		plugins: { 'react-hooks': reactHooks },
		rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
	},
	fence( [ 'shared/src/**' ], [ '^(?!zod$|zod/|\\./|node:)' ], 'shared depends on zod only' ),
	fence(
		[ 'plugin/src/**' ],
		[ 'backend/', '@email-gateway/(backend|lab)', '/lab/', '^zod' ],
		'the plugin knows the contract, not the backend'
	),
	fence(
		[ 'backend/src/**' ],
		[ '/plugin/', '/lab/', '@email-gateway/(plugin|lab)' ],
		'the backend knows the contract only'
	),
	fence(
		[ 'backend/src/http/**' ],
		[ '/(ssh|programs|mail)/', '/plugin/', '/lab/' ],
		'the door never works: no SSH and no SMTP in http/'
	),
	fence(
		[ 'backend/src/gateway/**' ],
		[
			'^\\.\\./(?!errors\\.ts$|vault/secret\\.ts$)',
			'^node:(?!crypto|util)',
			'^(ssh2|nodemailer|express|kysely|pg|pg-boss|pino)',
		],
		'gateway/ is pure: importable in a test with nothing running'
	),
	fence(
		[ 'backend/src/{http,gateway,programs,ssh,mail,vault}/**' ],
		[ '^(kysely|pg|pg-boss|@electric-sql)' ],
		'SQL lives in db/ and jobs/ only'
	),
	fence(
		[ 'backend/src/{watch,alerts}/**' ],
		[ '/(http|jobs|programs|mail)/', '^(kysely|pg|pg-boss|@electric-sql)' ],
		'what is watched and told is decided without requests, jobs and programs on a server'
	),
	fence(
		[ 'backend/src/ledger/**' ],
		[ '/(http|jobs|programs|ssh|mail|watch|alerts)/' ],
		'who sent what is written and searched without requests, jobs and connections'
	),
	fence(
		[ 'backend/src/{ssh,programs,mail}/**' ],
		[ '/(http|jobs|db)/' ],
		'what reaches a server knows nothing of requests, jobs and tables'
	)
);
