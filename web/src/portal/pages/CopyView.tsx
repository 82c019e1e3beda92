// One copy over the whole screen; the browser's own pinch zooms, a click shows it pixel for pixel.
import { ActionIcon, Alert, Center, FocusTrap, Group, Loader, Portal, Text } from "@mantine/core";
import { IconDownload, IconX, IconZoomIn, IconZoomOut } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router-dom";
import type { RecipientCopy } from "../session";
import classes from "../portal.module.css";

export function CopyView({ copy, name }: { copy: RecipientCopy; name: string }) {
  const { t } = useTranslation("portal");
  const navigate = useNavigate();
  const [state, setState] = useState<"loading" | "shown" | "failed">("loading");
  const [zoom, setZoom] = useState(false);
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key === "Escape") navigate("/r/copies");
      if (event.key === "+") setZoom(true);
      if (event.key === "-") setZoom(false);
    };
    document.addEventListener("keydown", close);
    document.documentElement.style.overflow = "hidden";
    return () => {
      document.removeEventListener("keydown", close);
      document.documentElement.style.overflow = "";
    };
  }, [navigate]);
  return (
    <Portal>
      <FocusTrap>
        <div className={classes.viewer} role="dialog" aria-modal="true" aria-label={copy.title}>
          <div className={classes.viewerBar}>
            <ActionIcon size={44} variant="subtle" color="gray" c="white" onClick={() => navigate("/r/copies")} aria-label={t("close")} data-autofocus><IconX size={24} aria-hidden /></ActionIcon>
            <Text fw={550} truncate>{copy.title}</Text>
            <Group gap={0} wrap="nowrap">
              <ActionIcon size={44} variant="subtle" color="gray" c="white" onClick={() => setZoom(!zoom)} aria-pressed={zoom} aria-label={t(zoom ? "copies.fit" : "copies.zoom")}>
                {zoom ? <IconZoomOut size={22} aria-hidden /> : <IconZoomIn size={22} aria-hidden />}
              </ActionIcon>
              <ActionIcon component="a" size={44} variant="subtle" color="gray" c="white" href={`/api/v1/recipient/copies/${copy.id}/file`} download={copy.file_name} aria-label={t("copies.download")}><IconDownload size={22} aria-hidden /></ActionIcon>
            </Group>
          </div>
          {/* Scrolls when zoomed, so the keyboard must be able to get there. */}
          <div className={classes.viewerStage} data-zoom={zoom} tabIndex={0} role="group" aria-label={t("copies.picture")}>
            {state === "failed" ? <Center><Alert role="alert" color="red" title={t("copies.failed")}>{t("copies.failedText")}</Alert></Center> : (
              <img src={`/api/v1/recipient/copies/${copy.id}/view`} alt={copy.title} onLoad={() => setState("shown")} onError={() => setState("failed")} onClick={() => setZoom(!zoom)} hidden={state === "loading"} />
            )}
            {state === "loading" ? <Center><Loader color="white" role="status" aria-label={t("loading")} /></Center> : null}
          </div>
          <p className={classes.viewerNote} style={{ margin: 0 }}>{t("copies.viewNote", { name })}</p>
        </div>
      </FocusTrap>
    </Portal>
  );
}
