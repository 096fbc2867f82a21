// Imports have one direction: plugin → shared ← backend. Held here, not by memory.
import wordpress from '@wordpress/eslint-plugin';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const screens = [ 'plugin/src/**/*.{ts,tsx}' ];

/** Forbids imports whose path matches one of the patterns, each because of its message. */
const fence = ( files, forbidden ) => ( {
	files,
	ignores: [ '**/*.test.ts', '**/*.test.tsx' ],
	rules: {
		'no-restricted-imports': [
			'error',
			{ patterns: forbidden.map( ( [ patterns, message ] ) => ( { regex: patterns.join( '|' ), message } ) ) },
		],
	},
} );

const sql = [ '^(kysely|pg|pg-boss|@electric-sql)' ];
const onlyInDb = 'SQL lives in db/, jobs/ and ledger/ only';
const reaching = [ '/(ssh|programs|mail)/', '^(ssh2|nodemailer)' ];
/** What each room of the backend may not import, beside what none may. One list a room: a second rule would replace the first. */
const rooms = {
	http: [
		[ reaching, 'the door never works: no SSH and no SMTP in http/' ],
		[ sql, onlyInDb ],
	],
	servers: [
		[
			[ '^(express|ssh2|nodemailer|pino)', ...sql ],
			'servers/ is pure: importable in a test with nothing running',
		],
	],
	views: [
		[
			[ '/(http|jobs)/', ...reaching ],
			'views/ reads rows and tells what one person may see: no requests, no jobs',
		],
		[ sql, onlyInDb ],
	],
	gateway: [
		[
			[
				'^(\\.\\./)+(?!errors\\.ts$|vault/secret\\.ts$)[\\w-]+/',
				'^node:(?!crypto|util|fs)',
				'^(ssh2|nodemailer|express|pino)',
				...sql,
			],
			'gateway/ is pure: importable in a test with nothing running',
		],
	],
	'{watch,alerts}': [
		[
			[ '/(http|jobs|programs|mail)/', ...sql ],
			'what is watched and told is decided without requests, jobs and programs on a server',
		],
	],
	incidents: [
		[
			[ '^(\\.\\./)+', '^(express|ssh2|nodemailer|pino|node:)', ...sql ],
			'incidents/ decides what is told and when, importable in a test with nothing running',
		],
	],
	ledger: [
		[
			[ '/(http|jobs|programs|ssh|mail|watch|alerts)/' ],
			'who sent what is written and searched without requests, jobs and connections',
		],
	],
	'{ssh,programs,mail}': [
		[ [ '/(http|jobs|db)/' ], 'what reaches a server knows nothing of requests, jobs and tables' ],
		[ sql, onlyInDb ],
	],
	vault: [ [ sql, onlyInDb ] ],
	'{db,jobs}': [],
};
/** Types of rows and jobs a rule may name. */
const namesOnly = {
	regex: '/(http|jobs|db|views|watch|alerts|ledger|ssh|programs|mail)/|/app\\.ts$',
	allowTypeImports: true,
	message: 'servers/ holds rules, which know nothing of requests, jobs, tables and connections',
};
const outside = [ [ '/plugin/', '/lab/', '@email-gateway/(plugin|lab)' ], 'the backend knows the contract only' ];

const untypedDetail = {
	selector: 'BinaryExpression[operator="instanceof"][right.name="GatewayError"]',
	message: 'isFailure( error, code ) keeps the type of the detail, which instanceof makes any',
};
const viewElsewhere = {
	selector: 'NewExpression[callee.name="View"], TSAsExpression TSTypeReference[typeName.name="View"]',
	message: 'only views/ makes a view: it takes out what this person is not shown',
};

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
		rules: { 'no-restricted-syntax': [ 'error', untypedDetail ] },
	},
	{
		files: [ 'backend/src/**/*.ts' ],
		ignores: [ 'backend/src/errors.ts', 'backend/src/views/**', '**/*.test.ts' ],
		rules: { 'no-restricted-syntax': [ 'error', untypedDetail, viewElsewhere ] },
	},
	...wordpress.configs[ 'jsx-a11y' ].map( ( config ) => ( { ...config, files: screens } ) ),
	{
		files: screens,
		plugins: { 'react-hooks': reactHooks },
		rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
	},
	fence( [ 'shared/src/**' ], [ [ [ '^(?!zod$|zod/|\\./|node:)' ], 'shared depends on zod only' ] ] ),
	fence(
		[ 'plugin/src/**' ],
		[
			[
				[ 'backend/', '@email-gateway/(backend|lab)', '/lab/', '^zod' ],
				'the plugin knows the contract, not the backend',
			],
		]
	),
	{
		files: [ 'backend/src/servers/**' ],
		ignores: [ '**/*.test.ts' ],
		rules: { '@typescript-eslint/no-restricted-imports': [ 'error', { patterns: [ namesOnly ] } ] },
	},
	fence( [ 'backend/src/*' ], [ outside ] ),
	...Object.entries( rooms ).map( ( [ room, forbidden ] ) =>
		fence( [ `backend/src/${ room }/**` ], [ outside, ...forbidden ] )
	)
);
