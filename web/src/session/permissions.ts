// What each role may do, as src/accounts/permissions.cpp has it. The server decides; pages leave out what it would refuse.
import { type Role, useSession } from "./session";

const everyone: Role[] = ["custodian", "investigator", "reviewer", "administrator", "auditor"];

const roles = {
  read_parties: everyone,
  read_commitments: ["custodian", "investigator", "reviewer", "administrator", "auditor"],
  read_copies: ["custodian", "reviewer", "administrator", "auditor"],
  read_outbox: ["custodian", "administrator"],
  read_jobs: ["custodian", "investigator", "administrator", "auditor"],
  manage_webhooks: ["administrator"],
  read_shoots: everyone,
  write_shoots: ["custodian"],
  read_leaks: everyone,
  write_leaks: ["custodian", "investigator"],
  read_cases: ["investigator", "reviewer", "auditor"],
  write_cases: ["investigator", "reviewer"],
  review_cases: ["reviewer"],
  read_statements: everyone,
  write_statements: ["investigator", "reviewer"],
  approve_statements: ["reviewer", "custodian"],
  read_audit: ["administrator", "auditor"],
  read_accounts: ["custodian", "investigator", "reviewer", "administrator", "auditor"],
  read_screening: ["screener", "reviewer", "auditor"],
  write_screening: ["screener"],
  read_filings: ["investigator", "reviewer", "auditor"],
  write_filings: ["investigator"],
  approve_filings: ["reviewer"],
  decide_appeals: ["ombudsman"],
  operate_hub: ["operator"],
  read_bulletins: ["custodian", "investigator", "reviewer", "screener", "administrator", "auditor", "ombudsman", "operator"],
  write_bulletins: ["screener", "investigator", "reviewer", "operator"],
} satisfies Record<string, Role[]>;

export type Permission = keyof typeof roles;

export function rolesOf(permission: Permission): Role[] {
  return roles[permission];
}

export function useMay(): (permission: Permission) => boolean {
  const { has } = useSession();
  return (permission) => has(...roles[permission]);
}
