import { expect, test } from '@jest/globals';
import { parseIndexTargets } from './apt-sources.ts';

test( 'finds the Debian archive and its security archive among other sources', () => {
	const printed = [
		'Packages|Example Cloud|main|cloud-sdk-bookworm|http://packages.example.test/apt/',
		'Packages|Debian|main|bookworm|http://mirror.example.test/debian/',
		'Translations|Debian|main|bookworm|http://mirror.example.test/debian/',
		'Packages|Debian|contrib|bookworm|http://elsewhere.example.test/debian/',
		'Packages|Debian|main|bookworm-updates|http://mirror.example.test/debian/',
		'Packages|Debian|main|bookworm-security|http://mirror.example.test/debian-security/',
	].join( '\n' );
	expect( parseIndexTargets( printed ) ).toEqual( {
		main: 'http://mirror.example.test/debian/',
		security: 'http://mirror.example.test/debian-security/',
	} );
} );

test( 'takes sources whose origin apt does not know before its first update', () => {
	const printed = [
		'Packages|$(ORIGIN)|main|trixie|http://mirror.example.test/debian/',
		'Packages|$(ORIGIN)|main|trixie-security|http://mirror.example.test/debian-security/',
	].join( '\n' );
	expect( parseIndexTargets( printed ).main ).toBe( 'http://mirror.example.test/debian/' );
} );

test( 'says so when there is no security archive', () => {
	const printed = 'Packages|Debian|main|bookworm|http://mirror.example.test/debian/';
	expect( () => parseIndexTargets( printed ) ).toThrow( 'no Debian archive with a security archive' );
} );
