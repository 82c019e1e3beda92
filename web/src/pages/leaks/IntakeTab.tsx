// What came in, where it was seen, and the two questions that come first.
import { Alert, Button, Card, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconInfoCircle, IconRadar2 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { SectionHeader } from "@/parts/SectionHeader";
import { atWork, useJob } from "@/parts/jobs";
import { useMay } from "@/session/permissions";
import { useLeakActs } from "./acts";
import { Evidence } from "./Evidence";
import { useLeak } from "./LeakLayout";
import { Questions } from "./Questions";
import { Sightings } from "./Sightings";

export function Component() {
  const { t } = useTranslation("leaks");
  const leak = useLeak();
  return (
    <Stack gap="lg">
      {leak.note && (
        <Alert color="gray" icon={<IconInfoCircle size={18} />} style={{ whiteSpace: "pre-line" }}>
          {leak.note}
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Stack gap="lg">
          <Evidence leak={leak} />
          <Sightings leak={leak} />
        </Stack>
        <Stack gap="lg">
          <Questions leak={leak} />
          <TraceCard />
        </Stack>
      </SimpleGrid>
      <Text size="xs" c="dimmed" hidden={leak.files > 0}>
        {t("emptyText")}
      </Text>
    </Stack>
  );
}

function TraceCard() {
  const { t } = useTranslation("leaks");
  const leak = useLeak();
  const may = useMay();
  const acts = useLeakActs(leak);
  const job = useJob(may("write_leaks") ? leak.trace_job : null);
  return (
    <Card>
      <SectionHeader title={t("trace")} text={t("traceText")} />
      <Group>
        {may("write_leaks") && leak.state !== "closed" && (
          <Button
            leftSection={<IconRadar2 size={16} />}
            variant={leak.outcome ? "default" : "filled"}
            disabled={leak.files === 0 || atWork(job.data)}
            loading={acts.trace.isPending}
            onClick={() => acts.trace.mutate(undefined)}
          >
            {leak.outcome ? t("traceAgain") : t("trace")}
          </Button>
        )}
        {leak.outcome && (
          <Button component={Link} to="result" relative="path">
            {t("result")}
          </Button>
        )}
      </Group>
    </Card>
  );
}
