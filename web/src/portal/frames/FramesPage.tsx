// One shoot: hand in frames, see what was decided about each, say that one follows it.
import { Badge, Button, Card, Center, Group, Image, Loader, Stack, Text } from "@mantine/core";
import { IconPhotoPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router-dom";
import { api, body } from "@/api/client";
import { asApiError } from "@/api/errors";
import { EmptyState } from "@/parts/EmptyState";
import { NoticePage } from "../pages/NoticePage";
import { PageTitle } from "../parts/PageTitle";
import { Refusal } from "../parts/Refusal";
import { shortInstant } from "../time";
import { HandIn } from "./HandIn";
import { keys, useFrames, useShoots, type Frame, type Shoot } from "./queries";
import "./texts";

const colors = { handed_in: "gray", cleared: "teal", not_to_be_used: "yellow", deleted: "red" } as const;

function FrameCard({ frame, shoot }: { frame: Frame; shoot: string }) {
  const { t } = useTranslation("frames");
  const queries = useQueryClient();
  const confirm = useMutation({
    mutationFn: () => body(api.POST("/recipient/frames/{frame}/confirm", { params: { path: { frame: frame.id } } })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: keys.frames(shoot) }),
  });
  const { state } = frame;
  return (
    <Card component="li" padding="md" withBorder>
      <Group wrap="nowrap" align="flex-start" gap="md">
        {frame.preparation === "ready" && state !== "deleted" && (
          <Image src={`/api/v1/recipient/frames/${frame.id}/preview`} alt={t("preview", { name: frame.file_name })} w={96} h={96} fit="cover" radius="sm" loading="lazy" />
        )}
        <Stack gap={6} style={{ minWidth: 0, flex: 1 }}>
          <Text fw={550} style={{ overflowWrap: "anywhere" }}>{frame.file_name}</Text>
          <Group gap="xs">
            <Badge variant="light" tt="none" color={colors[state]} h="auto" py={3} styles={{ label: { whiteSpace: "normal" } }}>{t(`state_${state}`)}</Badge>
            {frame.preparation === "waiting" && <Text size="xs" c="dimmed">{t("reading")}</Text>}
          </Group>
          {frame.preparation === "unreadable" && <Text size="sm">{t("unreadable")}</Text>}
          {frame.reason && <Text size="sm">{frame.reason}</Text>}
          {state === "deleted" && <Text size="xs" c="dimmed">{t("destroyed")}</Text>}
          {(state === "deleted" || state === "not_to_be_used") &&
            (frame.confirmed_at ? (
              <Text size="sm">{t("confirmed", { date: shortInstant(frame.confirmed_at) })}</Text>
            ) : (
              <Group><Button size="sm" variant="default" loading={confirm.isPending} onClick={() => confirm.mutate()}>{t(`confirm_${state}`)}</Button></Group>
            ))}
          <Refusal error={confirm.error ? asApiError(confirm.error) : null} />
        </Stack>
      </Group>
    </Card>
  );
}

function Frames({ shoot }: { shoot: Shoot }) {
  const { t } = useTranslation("frames");
  const frames = useFrames(shoot.id);
  const items = frames.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack gap="lg">
      <div>
        <PageTitle>{shoot.title}</PageTitle>
        <Text c="dimmed">{[shoot.project_name, shoot.place].filter(Boolean).join(" · ")}</Text>
      </div>
      <Text>{t("text")}</Text>
      <HandIn shoot={shoot} />
      <Text size="sm" c="dimmed">{t("why")}</Text>
      {frames.error ? (
        <Refusal error={asApiError(frames.error)} />
      ) : frames.data === undefined ? (
        <Center mih={120}><Loader role="status" aria-label={t("title")} /></Center>
      ) : items.length === 0 ? (
        <EmptyState icon={IconPhotoPlus} title={t("empty")} text={t("emptyText")} />
      ) : (
        <Stack component="ul" gap="sm" p={0} m={0} aria-label={t("title")} style={{ listStyle: "none" }}>
          {items.map((frame) => <FrameCard key={frame.id} frame={frame} shoot={shoot.id} />)}
        </Stack>
      )}
      {frames.hasNextPage && <Center><Button variant="default" loading={frames.isFetchingNextPage} onClick={() => void frames.fetchNextPage()}>{t("more")}</Button></Center>}
    </Stack>
  );
}

export default function FramesPage() {
  const { t } = useTranslation("frames");
  const { shoot: id = "" } = useParams();
  const shoots = useShoots();
  const shoot = shoots.data?.items.find((one) => one.id === id);
  if (shoot !== undefined) return <Frames key={shoot.id} shoot={shoot} />;
  if (shoots.error) return <NoticePage kind="trouble" error={asApiError(shoots.error)} again={() => void shoots.refetch()} />;
  if (shoots.data !== undefined) return <NoticePage kind="lost" />;
  return <Center mih="40dvh"><Loader role="status" aria-label={t("title")} /></Center>;
}
