export const configurationFolder = '/etc/postfix';

export const generationFolder = ( generation: number ) => `${ configurationFolder }/gateway-${ generation }`;
