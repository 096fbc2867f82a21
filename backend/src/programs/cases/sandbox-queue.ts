// Only for tests
import type { Cases } from './case.ts';

const spool = '/var/spool/postfix';
const lists = '/var/lib/email-gateway/sandbox';
const on = { [ `${ lists }/kind` ]: 'redirect\n', [ `${ lists }/kept` ]: '' };
const ended = 'end\n';

export const sandboxQueue: Cases = {
	of: { program: 'sandbox-queue' },
	cases: [
		{
			name: 'what somebody had held before is no mail of the sandbox',
			files: { ...on, [ `${ lists }/before` ]: 'A1A1A1\n', [ `${ spool }/hold/A1A1A1` ]: '' },
			commands: { 'postqueue -j': '' },
			stdin: 'kept\n',
			run: 'main',
			prints: ended,
			leaves: { [ `${ lists }/before` ]: 'A1A1A1\n' },
		},
		{
			name: 'what somebody had held, and let go of since, is kept like the rest',
			files: {
				...on,
				[ `${ lists }/before` ]: 'A1A1A1\nB2B2B2\n',
				[ `${ spool }/hold/A1A1A1` ]: '',
				[ `${ spool }/deferred/B/B2B2B2` ]: '',
			},
			commands: { 'postqueue -j': '' },
			stdin: 'kept\n',
			run: 'main',
			prints: `id B2B2B2\n${ ended }`,
			leaves: { [ `${ lists }/before` ]: 'A1A1A1\n', [ `${ lists }/kept` ]: 'B2B2B2\n' },
		},
		{
			name: 'what was let go of is held where the sandbox becomes another one',
			files: { ...on, [ `${ lists }/before` ]: 'B2B2B2\n', [ `${ spool }/deferred/B/B2B2B2` ]: '' },
			commands: { 'postqueue -j': '' },
			stdin: 'begin\n',
			run: 'main; echo queued hold | main',
			prints: `${ ended }id B2B2B2\n${ ended }`,
		},
		{
			name: 'what a turning on that was rolled back has left counts for nothing',
			files: { [ `${ lists }/before` ]: 'A1A1A1\n', [ `${ spool }/hold/C3C3C3` ]: '' },
			commands: { 'postqueue -j': '' },
			stdin: 'begin\n',
			run: 'main',
			prints: ended,
			leaves: { [ `${ lists }/before` ]: 'C3C3C3\n' },
		},
	],
};
