// A record's entries in the public log: when, about what, the proof to take along, and a check of it in this browser.
import { Alert, Anchor, Badge, Button, Card, Group, Modal, Skeleton, Text } from "@mantine/core";
import { IconCircleCheck, IconCircleX, IconDownload, IconListTree, IconShieldCheck } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { api, body, type Schemas } from "@/api/client";
import { ApiError, unreachable } from "@/api/errors";
import type { Inclusion } from "@/public/verify/logProof";
import "@/public/texts";
import { type Permission, useMay } from "@/session/permissions";
import "@/texts/log";
import { EmptyState } from "./EmptyState";
import { Failure } from "./Failure";
import classes from "./InLog.module.css";
import { tellFailure } from "./notify";
import { SectionHeader } from "./SectionHeader";
import { count, dateTime } from "./times";

type Opening = Schemas["LogOpening"];
/** What the check found: where it stands, or a reason of the texts under "public". */
type Found = { inclusion: Inclusion } | { reason: string };

/** A glance at first, then more at once. */
const atFirst = 5;
const atOnce = 50;
const address = (entry: string) => `/api/v1/log/entries/${entry}`;

/** `read` is what reading the record takes; whoever lacks it finds nothing here. */
export function InLog({ subject, read }: { subject: string; read: Permission }) {
  const { t } = useTranslation("log");
  const may = useMay();
  if (!may(read)) return null;
  return (
    <Card component="section" aria-label={t("inLog")}>
      <Entries key={subject} subject={subject} title={t("inLog")} />
    </Card>
  );
}

/** The same for what has no page of its own. Whoever opens it asks for the right to read the record first. */
export function InLogDialog({ subject, name, onClose }: { subject: string; name: string; onClose: () => void }) {
  const { t } = useTranslation("log");
  return (
    <Modal opened onClose={onClose} title={t("inLogOf", { name })} size="lg">
      <Entries subject={subject} />
    </Modal>
  );
}

function useEntries(subject: string) {
  const [waits, setWaits] = useState(false);
  // The next checkpoint is seconds away.
  const refetchInterval = waits ? 3_000 : false;
  const log = useQuery({ queryKey: ["log"], queryFn: ({ signal }) => body(api.GET("/log", { signal })), refetchInterval });
  const entries = useInfiniteQuery({
    queryKey: ["log-entries", subject],
    initialPageParam: 0,
    // The latest is what one came for.
    queryFn: ({ signal, pageParam: offset }) => body(api.GET("/log/entries", { signal, params: { query: { subject, sort: "-time", offset, limit: offset === 0 ? atFirst : atOnce } } })),
    getNextPageParam: (last, pages) => {
      const seen = pages.reduce((sum, { items }) => sum + items.length, 0);
      return last.items.length > 0 && seen < last.total ? seen : undefined;
    },
    refetchInterval,
  });
  const published = log.data?.published?.size ?? 0;
  const items = latestOf(entries.data?.pages ?? []);
  const all = async () => {
    let { hasNextPage, data } = entries;
    while (hasNextPage) ({ hasNextPage, data } = await entries.fetchNextPage({ throwOnError: true }));
    return latestOf(data?.pages ?? []);
  };
  const waiting = items.some(({ index }) => index === null || index >= published);
  if (waiting !== waits) setWaits(waiting);
  return {
    items,
    all,
    published,
    total: entries.data?.pages.at(-1)?.total ?? 0,
    more: entries.hasNextPage ? () => void entries.fetchNextPage() : undefined,
    loadingMore: entries.isFetchingNextPage,
    error: entries.error ?? log.error,
    ready: entries.data !== undefined && log.data !== undefined,
    again: () => void Promise.all([log.refetch(), entries.refetch()]),
  };
}

/** Each once: an entry that came between two pages moves the others along. */
function latestOf(pages: { items: Opening[] }[]): Opening[] {
  return [...new Map(pages.flatMap(({ items }) => items).map((opening) => [opening.entry, opening])).values()];
}

/** It lies beside the API, where monitors look for it. */
async function policyText(): Promise<string> {
  const response = await fetch("/log/policy").catch(() => null);
  if (!response?.ok) throw new ApiError({ ...unreachable, status: response?.status ?? unreachable.status });
  return response.text();
}

/** Fetches proofs and policy, and works everything out on this device. */
async function checkHere(openings: Opening[]): Promise<[string, Found][]> {
  // Signatures take code that no other page of the staff's needs.
  const [{ checkEntry }, { Refused }, policy] = await Promise.all([import("@/public/verify/entry"), import("@/public/verify/bytes"), policyText()]);
  const found: [string, Found][] = [];
  for (const opening of openings) {
    const proof = await body(api.GET("/log/entries/{entry}/proof", { params: { path: { entry: opening.entry } }, parseAs: "text" }));
    try {
      found.push([opening.entry, { inclusion: checkEntry(opening, proof, policy) }]);
    } catch (cause) {
      found.push([opening.entry, { reason: cause instanceof Refused ? cause.reason : "malformed" }]);
    }
  }
  return found;
}

function Entries({ subject, title }: { subject: string; title?: string }) {
  const { t } = useTranslation("log");
  const { items, all, published, total, more, loadingMore, error, ready, again } = useEntries(subject);
  const [found, setFound] = useState<ReadonlyMap<string, Found>>(new Map());
  const told = { onSuccess: (results: [string, Found][]) => setFound((before) => new Map([...before, ...results])), onError: tellFailure };
  const isProvable = ({ index }: Opening) => index !== null && index < published;
  const check = useMutation({ mutationFn: (opening: Opening) => checkHere([opening]), ...told });
  // Those that are not shown yet too.
  const checkAll = useMutation({ mutationFn: async () => checkHere((await all()).filter(isProvable)), ...told });
  const toCheck = more ? total : items.filter(isProvable).length;
  if (ready && items.length === 0) return <EmptyState icon={IconListTree} title={t("inLogEmpty")} text={t("inLogEmptyText")} />;
  return (
    <>
      <SectionHeader title={title} text={t("inLogText")}>
        {toCheck > 1 && (
          <Button size="sm" variant="default" leftSection={<IconShieldCheck size={16} />} loading={checkAll.isPending} onClick={() => checkAll.mutate()}>
            {t("checkAll", { count: toCheck })}
          </Button>
        )}
      </SectionHeader>
      {!ready && (error ? <Failure error={error} onRetry={again} /> : <Skeleton h={96} />)}
      {ready && (
        <ol className={classes.entries}>
          {items.map((opening) => (
            <Entry
              key={opening.entry}
              opening={opening}
              published={published}
              found={found.get(opening.entry)}
              checking={check.isPending && check.variables.entry === opening.entry}
              onCheck={() => check.mutate(opening)}
            />
          ))}
        </ol>
      )}
      {more && (
        <Button mt="sm" size="compact-sm" variant="subtle" loading={loadingMore} onClick={more}>
          {t("moreEntries", { shown: items.length, total })}
        </Button>
      )}
      {found.size > 0 && <Summary found={[...found.values()]} />}
    </>
  );
}

interface EntryProps {
  opening: Opening;
  published: number;
  found: Found | undefined;
  checking: boolean;
  onCheck: () => void;
}

function Entry({ opening, published, found, checking, onCheck }: EntryProps) {
  const { t } = useTranslation("log");
  const { entry, index, time } = opening;
  const name = useKindName(opening);
  const provable = index !== null && index < published;
  return (
    <li>
      <Group justify="space-between" gap="xs">
        <div style={{ flex: "1 1 200px", minWidth: 0 }}>
          <Text size="sm" fw={550}>
            {name}
          </Text>
          <Text size="xs" c="dimmed" className="figures">
            {[index === null ? null : t("entryAt", { index: count(index) }), dateTime(time)].filter(Boolean).join(" · ")}
          </Text>
        </div>
        {provable ? (
          <Group gap="sm">
            <Download href={`${address(entry)}/proof`} file={`entry-${index}.tlog-proof`} label={t("proofOf", { index })} text={t("proofFile")} />
            <Download href={address(entry)} file={`entry-${index}.opening.json`} label={t("openingOf", { index })} text={t("openingFile")} />
            <Button size="xs" variant="default" loading={checking} aria-label={t("checkHereOf", { index })} onClick={onCheck}>
              {t("checkHere")}
            </Button>
          </Group>
        ) : (
          <Badge color="gray">{t(index === null ? "entryWaits" : "entryUnpublished")}</Badge>
        )}
      </Group>
      {found && <Result found={found} />}
    </li>
  );
}

function Download({ href, file, label, text }: { href: string; file: string; label: string; text: string }) {
  return (
    <Anchor href={href} download={file} size="sm" aria-label={label} className={classes.file}>
      <IconDownload size={14} aria-hidden />
      {text}
    </Anchor>
  );
}

/** The kind in words; a step of a chain with its number there. */
function useKindName({ kind, text }: Opening): string {
  const { t, i18n } = useTranslation("log");
  if (kind === "custody_step") {
    try {
      const { sequence } = JSON.parse(text.slice(text.indexOf("{"))) as { sequence?: number };
      if (typeof sequence === "number") return t("custodyStep", { sequence });
    } catch {
      // What cannot be read is called by its kind.
    }
  }
  const key = `log:kind.${kind}`;
  return i18n.exists(key) ? String(i18n.t(key as never)) : kind;
}

function Result({ found }: { found: Found }) {
  const { t } = useTranslation("log");
  const { t: open } = useTranslation("public");
  if ("reason" in found) {
    return (
      <Alert mt="xs" color="red" variant="light" icon={<IconCircleX size={18} />} title={t("checkedWrong")}>
        {open(`reason_${found.reason}` as "reason_malformed")}
      </Alert>
    );
  }
  const { checkpoint, seen, seenBy } = found.inclusion;
  const time = seenBy ?? Math.max(0, ...seen.map((one) => one.time));
  return (
    <Group mt={6} gap={6} wrap="nowrap" align="flex-start">
      <IconCircleCheck size={18} className={classes.good} aria-hidden />
      <Text size="sm" style={{ minWidth: 0 }}>
        {t("checkedIn", { size: count(checkpoint.size) })}{" "}
        {seen.length > 0 ? t("checkedSeen", { names: seen.map(({ witness }) => witness).join(", "), time: dateTime(new Date(time * 1000).toISOString()) }) : t("checkedUnseen")}
      </Text>
    </Group>
  );
}

/** Told once for all; and the policy came from the server as well, so the key to compare is named. */
function Summary({ found }: { found: Found[] }) {
  const { t } = useTranslation("log");
  const good = found.filter((one) => "inclusion" in one).length;
  const link = (href: string) => <Anchor inherit underline="always" href={href} target="_blank" rel="noopener" />;
  return (
    <Text size="xs" c="dimmed" mt="sm" role="status">
      {t("checkedSum", { good, checked: found.length })} <Trans t={t} i18nKey="checkedWith" components={{ policy: link("/log/policy"), key: link("/log/key") }} />
    </Text>
  );
}
