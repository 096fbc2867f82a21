import type { Tone } from '../words/states.ts';

/** The look of a pill, for React and for the list of servers, which has none. */
export const pillClass = ( tone: Tone ) => `email-gateway-pill is-${ tone }`;
