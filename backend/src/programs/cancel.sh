#!/bin/sh
# Asks a detached run to stop: before its commit it gives everything back. Standard input: one line, the job id.
set -u
umask 077
IFS= read -r job || exit 64
case $job in *[!A-Za-z0-9-]* | '') exit 64 ;; esac
[ -d "/var/lib/email-gateway/job.$job" ] && : >"/var/lib/email-gateway/job.$job/cancel"
