import { expect, test } from '@jest/globals';
import apiFetch from '@wordpress/api-fetch';
import type { JobEvent, JobView } from '@email-gateway/shared';
import { follow, unseen, type JobWatch } from './follow.ts';

const job = { jobId: 'abc', serverId: 12, verb: 'install_gateway', state: 'running' } as JobView;
const event = ( seq: number, type: 'started' | 'succeeded' ) =>
	( { seq, type, at: '2026-11-23T12:00:00Z' } ) as JobEvent;

/** Plays the backend: one answer for each question, in order; an Error is a question without an answer. */
function backend( answers: Array< { job: JobView; events: JobEvent[] } | object > ): string[] {
	const asked: string[] = [];
	apiFetch.setFetchHandler( async ( { path } ) => {
		asked.push( new URL( path ?? '', 'http://x' ).searchParams.get( 'after' ) ?? '' );
		const answer = answers[ asked.length - 1 ];
		return answer && 'job' in answer ? answer : Promise.reject( answer );
	} );
	return asked;
}

async function watched( { signal = new AbortController().signal, from = unseen } = {} ): Promise< JobWatch[] > {
	const all: JobWatch[] = [];
	await follow( { serverId: 12, jobId: 'abc' }, { seen: ( watch ) => all.push( watch ), signal, from } );
	return all;
}

test( 'asks for what came after the last event, until the job has ended', async () => {
	const asked = backend( [
		{ job, events: [ event( 1, 'started' ) ] },
		{ job: { ...job, state: 'succeeded' }, events: [ event( 2, 'succeeded' ) ] },
	] );
	const all = await watched();
	expect( asked ).toEqual( [ '0', '1' ] );
	expect( all.at( -1 )?.events.map( ( { seq } ) => seq ) ).toEqual( [ 1, 2 ] );
	expect( all.at( -1 )?.job?.state ).toBe( 'succeeded' );
} );

test( 'an answer that did not come is told and asked for again, nothing seen is lost', async () => {
	backend( [
		{ job, events: [ event( 1, 'started' ) ] },
		{ code: 'backend_unreachable', message: '', data: { status: 503 } },
		{ job: { ...job, state: 'succeeded' }, events: [ event( 2, 'succeeded' ) ] },
	] );
	const all = await watched();
	expect( all.map( ( watch ) => watch.trouble?.code ?? null ) ).toEqual( [ null, 'backend_unreachable', null ] );
	expect( all[ 1 ]?.events ).toHaveLength( 1 );
	expect( all[ 2 ]?.events ).toHaveLength( 2 );
}, 120_000 );

test( 'a job nobody knows any more is given up at once', async () => {
	backend( [ { code: 'not_found', message: '', data: { status: 404 } } ] );
	expect( await watched() ).toMatchObject( [ { gaveUp: true, trouble: { code: 'not_found' } } ] );
} );

test( 'what the view told of a job stays while nothing answers', async () => {
	const silent = { code: 'backend_unreachable', message: '', data: { status: 503 } };
	backend( [ silent, { job: { ...job, state: 'succeeded' }, events: [ event( 1, 'succeeded' ) ] } ] );
	const all = await watched( { from: { ...unseen, job } } );
	expect( all[ 0 ] ).toMatchObject( { job: { state: 'running' }, trouble: { code: 'backend_unreachable' } } );
	backend( [ silent ] );
	const ended = await watched( { from: { ...unseen, job: { ...job, state: 'failed' } } } );
	expect( ended ).toMatchObject( [ { job: { state: 'failed' }, gaveUp: true } ] );
}, 30_000 );
