// Only for tests
import type { Cases } from './case.ts';

const spool = '/var/spool/postfix';
/** How a queue file begins: sizes, then the time at which the message arrived. */
const queueFile = ( seconds: number ) =>
	`C_            1234             566               1               0            1234               0T\u0011${ seconds } 123456A\u0015create_time=1764579999A\u0010rewrite_context=local`;

/** Of 2026-12-01, 09:00:00, and an hour after that. */
const [ nine, ten ] = [ '4jdvwc0sf8z1TwF', '4jdxFr0sf8z1TwF' ];

export const oldest: Cases = {
	of: [ 'queue', 'oldest' ],
	cases: [
		{ name: 'nothing waits since no time', run: 'oldest_waiting ""' },
		{
			name: 'the oldest is told by the ids of files, in whatever folder it lies',
			files: { [ `${ spool }/active/${ ten }` ]: '', [ `${ spool }/deferred/4/${ nine }` ]: '' },
			run: 'oldest_waiting ""',
			prints: '1796115600\n',
		},
		{
			name: 'what waits for a person who knows is not the oldest that waits',
			files: { [ `${ spool }/hold/4/${ nine }` ]: '', [ `${ spool }/deferred/4/${ ten }` ]: '' },
			run: `oldest_waiting "A1\n${ nine } B2"`,
			prints: '1796119200\n',
		},
		{
			name: 'of a short id the file says when it arrived',
			files: {
				[ `${ spool }/deferred/A/A1B2C3D4E5` ]: queueFile( 1_764_579_600 ),
				[ `${ spool }/hold/A/A1B2C3D4E6` ]: queueFile( 1_764_579_500 ),
				[ `${ spool }/active/${ ten }` ]: '',
			},
			run: 'oldest_waiting ""',
			prints: '1764579500\n',
		},
		{
			name: 'a file that says nothing is as if it were not there',
			files: { [ `${ spool }/deferred/A/A1` ]: '1 2\n123456789012 1\n', [ `${ spool }/maildrop/${ nine }` ]: '' },
			run: 'oldest_waiting ""',
		},
	],
};
