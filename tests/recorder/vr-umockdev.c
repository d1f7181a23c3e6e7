/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drive as /dev/sr0 in a umockdev test bed: its node, its place in /sys, what udev knows of it,
 * and the ioctls that programs send. */
#include "vr-umockdev.h"

#include "vr-ioctl.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <umockdev.h>

#define NODE "/dev/sr0"
#define SCSI_PATH "/devices/pci0000:00/0000:00:1f.2/ata1/host0/target0:0:0/0:0:0:0"
#define BLOCK_PATH SCSI_PATH "/block/sr0"

struct _VrTestbed
{
  VrDrive *drive;
  UMockdevTestbed *bed;
  UMockdevIoctlBase *handler;
  gboolean is_plugged;
};

typedef struct
{
  VrTestbed *testbed;
  guint changes;
} Change;

typedef struct
{
  UMockdevIoctlClient *client;
  VrIoctlResult result;
} Completion;

static gpointer
map_argument (gpointer user, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UMockdevIoctlData) data = NULL;

  data = umockdev_ioctl_data_resolve (user, 0, size, &error);
  if (data == NULL)
    return NULL;
  /* The argument keeps it alive until the ioctl completes. */
  return data->data;
}

static gpointer
map_pointer (gpointer user, gsize offset, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UMockdevIoctlData) top = umockdev_ioctl_data_resolve (user, 0, 1, NULL);
  g_autoptr (UMockdevIoctlData) data = NULL;

  if (top == NULL)
    return NULL;
  data = umockdev_ioctl_data_resolve (top, offset, size, &error);
  return data != NULL ? data->data : NULL;
}

static void
complete (UMockdevIoctlClient *client, const VrIoctlResult *result)
{
  umockdev_ioctl_client_complete (client, result->value, result->error_number);
}

static gboolean
on_delay_over (gpointer data)
{
  Completion *completion = data;

  complete (completion->client, &completion->result);
  return G_SOURCE_REMOVE;
}

static void
free_completion (gpointer data)
{
  Completion *completion = data;

  g_object_unref (completion->client);
  g_free (completion);
}

static gboolean
on_ioctl (UMockdevIoctlBase *base, UMockdevIoctlClient *client, gpointer data)
{
  VrTestbed *self = data;
  UMockdevIoctlData *argument = umockdev_ioctl_client_get_arg (client);
  const VrIoctlMemory memory
      = { .user = argument, .map = map_argument, .map_nested = map_pointer };
  gulong value;
  VrIoctlResult result;

  memcpy (&value, argument->data, sizeof value);
  vr_ioctl (self->drive, umockdev_ioctl_client_get_request (client), value, &memory, &result);
  if (result.delay_us < 1000)
    complete (client, &result);
  else
    {
      Completion *completion = g_new0 (Completion, 1);

      completion->client = g_object_ref (client);
      completion->result = result;
      g_timeout_add_full (G_PRIORITY_DEFAULT, (guint) MIN (result.delay_us / 1000, G_MAXUINT),
                          on_delay_over, completion, free_completion);
    }
  return TRUE;
}

static const char *
get_profile_property (guint16 profile)
{
  switch (profile)
    {
    case 0x08:
      return "ID_CDROM_MEDIA_CD";
    case 0x09:
      return "ID_CDROM_MEDIA_CD_R";
    case 0x0a:
      return "ID_CDROM_MEDIA_CD_RW";
    case 0x10:
      return "ID_CDROM_MEDIA_DVD";
    case 0x11:
      return "ID_CDROM_MEDIA_DVD_R";
    case 0x12:
      return "ID_CDROM_MEDIA_DVD_RAM";
    case 0x13:
      return "ID_CDROM_MEDIA_DVD_RW_RO";
    case 0x14:
      return "ID_CDROM_MEDIA_DVD_RW_SEQ";
    case 0x15:
      return "ID_CDROM_MEDIA_DVD_R_DL";
    case 0x1a:
      return "ID_CDROM_MEDIA_DVD_PLUS_RW";
    case 0x1b:
      return "ID_CDROM_MEDIA_DVD_PLUS_R";
    case 0x2b:
      return "ID_CDROM_MEDIA_DVD_PLUS_R_DL";
    case 0x40:
      return "ID_CDROM_MEDIA_BD";
    case 0x41:
      return "ID_CDROM_MEDIA_BD_R";
    case 0x43:
      return "ID_CDROM_MEDIA_BD_RE";
    default:
      return NULL;
    }
}

/* What udev's cdrom_id and ata_id would find out. */
static char *
make_properties (VrTestbed *self)
{
  static const char *const abilities[]
      = { "CD",     "CD_R",   "CD_RW",  "DVD",     "DVD_R",      "DVD_RW", "DVD_RAM", "DVD_PLUS_R",
          "DVD_PLUS_RW", "DVD_PLUS_R_DL", "DVD_R_DL", "BD", "BD_R", "BD_RE", "MRW" };
  GString *text = g_string_new ("MAJOR=11\nMINOR=0\nDEVNAME=sr0\nDEVTYPE=disk\n"
                                "ID_CDROM=1\nID_BUS=scsi\nID_TYPE=cd\n"
                                "TAGS=:systemd:seat:uaccess:\n");
  g_autofree char *model = g_strdup (vr_drive_get_model (self->drive));
  VrMediumSummary summary;
  const char *profile;

  for (guint i = 0; i < G_N_ELEMENTS (abilities); i++)
    g_string_append_printf (text, "ID_CDROM_%s=1\n", abilities[i]);
  g_strdelimit (model, " ", '_');
  g_string_append_printf (text, "ID_VENDOR=%s\nID_MODEL=%s\nID_REVISION=1.00\nID_SERIAL=%s_%s_%s\n"
                                "ID_SERIAL_SHORT=%s\n",
                          vr_drive_get_vendor (self->drive), model,
                          vr_drive_get_vendor (self->drive), model,
                          vr_drive_get_serial (self->drive), vr_drive_get_serial (self->drive));
  vr_drive_summarize (self->drive, &summary);
  profile = get_profile_property (summary.profile);
  if (!summary.is_present || profile == NULL)
    return g_string_free (text, FALSE);
  g_string_append_printf (text, "ID_CDROM_MEDIA=1\n%s=1\n", profile);
  g_string_append_printf (text, "ID_CDROM_MEDIA_STATE=%s\n",
                          summary.is_blank        ? "blank"
                          : summary.is_appendable ? "appendable"
                                                  : "complete");
  if (!summary.is_blank)
    {
      g_string_append_printf (text, "ID_CDROM_MEDIA_SESSION_COUNT=%u\n", summary.n_sessions);
      g_string_append_printf (text, "ID_CDROM_MEDIA_TRACK_COUNT=%u\n",
                              summary.n_audio_tracks + summary.n_data_tracks);
      if (summary.n_audio_tracks > 0)
        g_string_append_printf (text, "ID_CDROM_MEDIA_TRACK_COUNT_AUDIO=%u\n",
                                summary.n_audio_tracks);
      if (summary.n_data_tracks > 0)
        g_string_append_printf (text, "ID_CDROM_MEDIA_TRACK_COUNT_DATA=%u\n",
                                summary.n_data_tracks);
    }
  return g_string_free (text, FALSE);
}

static gboolean
write_properties (VrTestbed *self, GError **error)
{
  g_autofree char *root = umockdev_testbed_get_root_dir (self->bed);
  g_autofree char *path = g_build_filename (root, "/sys" BLOCK_PATH, "uevent", NULL);
  g_autofree char *properties = make_properties (self);

  return g_file_set_contents (path, properties, -1, error);
}

/* umockdev tells a block device by the sticky bit; the guard reads the rights. */
static void
apply_access (VrTestbed *self)
{
  g_autofree char *root = umockdev_testbed_get_root_dir (self->bed);
  g_autofree char *node = g_build_filename (root, NODE, NULL);
  int rights = vr_drive_may_open (self->drive, TRUE)    ? 0660
               : vr_drive_may_open (self->drive, FALSE) ? 0440
                                                        : 0;

  if (self->is_plugged && g_chmod (node, 01000 | rights) != 0)
    g_warning ("Cannot set the rights on %s: %s", node, g_strerror (errno));
}

static gboolean
plug_in (VrTestbed *self, GError **error)
{
  g_autofree char *description = g_strdup_printf (
      "P: %s\n"
      "E: SUBSYSTEM=scsi\n"
      "E: DEVTYPE=scsi_device\n"
      "E: DRIVER=sr\n"
      "A: type=5\\n\n"
      "A: vendor=%s\\n\n"
      "A: model=%s\\n\n"
      "A: rev=1.00\\n\n"
      "\n"
      "P: %s\n"
      "N: sr0\n"
      "E: SUBSYSTEM=block\n"
      "E: DEVNAME=" NODE "\n"
      "E: DEVTYPE=disk\n"
      "E: MAJOR=11\n"
      "E: MINOR=0\n"
      "A: dev=11:0\\n\n"
      "A: removable=1\\n\n"
      "A: ro=0\\n\n"
      "A: size=%u\\n\n"
      "\n",
      SCSI_PATH, vr_drive_get_vendor (self->drive), vr_drive_get_model (self->drive), BLOCK_PATH,
      vr_drive_get_size_blocks (self->drive) * 4);

  if (!umockdev_testbed_add_from_string (self->bed, description, error))
    return FALSE;
  self->is_plugged = TRUE;
  apply_access (self);
  return write_properties (self, error);
}

static void
pull_out (VrTestbed *self)
{
  g_autofree char *root = umockdev_testbed_get_root_dir (self->bed);
  g_autofree char *link = g_build_filename (root, "sys", "block", "sr0", NULL);

  umockdev_testbed_uevent (self->bed, "/sys" BLOCK_PATH, "remove");
  umockdev_testbed_remove_device (self->bed, "/sys" BLOCK_PATH);
  umockdev_testbed_remove_device (self->bed, "/sys" SCSI_PATH);
  /* umockdev 0.17 forgets this one, and then trips over it. */
  g_unlink (link);
  self->is_plugged = FALSE;
}

static gboolean
apply_change (gpointer data)
{
  const Change *change = data;
  VrTestbed *self = change->testbed;
  gboolean is_gone = vr_drive_is_gone (self->drive);
  g_autoptr (GError) error = NULL;

  if ((change->changes & VR_CHANGE_PRESENCE) != 0 && is_gone == self->is_plugged)
    {
      if (is_gone)
        pull_out (self);
      else if (plug_in (self, &error))
        umockdev_testbed_uevent (self->bed, "/sys" BLOCK_PATH, "add");
    }
  else if (self->is_plugged)
    {
      g_autofree char *size
          = g_strdup_printf ("%u", vr_drive_get_size_blocks (self->drive) * 4);

      umockdev_testbed_set_attribute (self->bed, "/sys" BLOCK_PATH, "size", size);
      apply_access (self);
      /* The kernel tells of a medium that came or went, not of what is written to it. */
      if (write_properties (self, &error) && (change->changes & VR_CHANGE_MEDIUM) != 0)
        umockdev_testbed_uevent (self->bed, "/sys" BLOCK_PATH, "change");
    }
  if (error != NULL)
    g_warning ("%s", error->message);
  return G_SOURCE_REMOVE;
}

static void
on_change (VrDrive *drive, guint changes, gpointer data)
{
  Change *change = g_new0 (Change, 1);

  change->testbed = data;
  change->changes = changes;
  /* umockdev's files and events are all made in the main thread. */
  g_main_context_invoke_full (NULL, G_PRIORITY_HIGH, apply_change, change, g_free);
}

static gboolean
write_drive_list (VrTestbed *self, GError **error)
{
  static const char LIST[] = "CD-ROM information, Id: cdrom.c 3.20 2003/12/17\n\n"
                             "drive name:\t\tsr0\n"
                             "drive speed:\t\t48\n"
                             "drive # of slots:\t1\n"
                             "Can close tray:\t\t1\n"
                             "Can open tray:\t\t1\n"
                             "Can lock tray:\t\t1\n"
                             "Can change speed:\t1\n"
                             "Can select disk:\t0\n"
                             "Can read multisession:\t1\n"
                             "Can read MCN:\t\t1\n"
                             "Reports media changed:\t1\n"
                             "Can play audio:\t\t1\n"
                             "Can write CD-R:\t\t1\n"
                             "Can write CD-RW:\t1\n"
                             "Can read DVD:\t\t1\n"
                             "Can write DVD-R:\t1\n"
                             "Can write DVD-RAM:\t1\n"
                             "Can read MRW:\t\t1\n"
                             "Can write MRW:\t\t1\n"
                             "Can write RAM:\t\t1\n\n\n";
  g_autofree char *root = umockdev_testbed_get_root_dir (self->bed);
  g_autofree char *folder = g_build_filename (root, "proc", "sys", "dev", "cdrom", NULL);
  g_autofree char *path = g_build_filename (folder, "info", NULL);

  if (g_mkdir_with_parents (folder, 0755) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", folder,
                   g_strerror (errno));
      return FALSE;
    }
  return g_file_set_contents (path, LIST, -1, error);
}

/**
 * vr_testbed_new:
 * @drive: a drive that outlives the test bed
 * @error: return location
 *
 * Makes the drive /dev/sr0 for every child that is started from now on. The process has to run
 * under libumockdev-preload. Main thread, which has to run its main loop afterwards.
 *
 * Returns: (transfer full): the test bed, or %NULL
 */
VrTestbed *
vr_testbed_new (VrDrive *drive, GError **error)
{
  g_autoptr (VrTestbed) self = g_new0 (VrTestbed, 1);

  self->drive = drive;
  self->bed = umockdev_testbed_new ();
  if (!umockdev_in_mock_environment ())
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           "libumockdev-preload is not loaded");
      return NULL;
    }
  self->handler = umockdev_ioctl_base_new ();
  g_signal_connect (self->handler, "handle-ioctl", G_CALLBACK (on_ioctl), self);
  if (!write_drive_list (self, error) || !plug_in (self, error)
      || !umockdev_testbed_attach_ioctl (self->bed, NODE, self->handler, error))
    return NULL;
  vr_drive_set_change_func (drive, on_change, self);
  return g_steal_pointer (&self);
}

/**
 * vr_testbed_free:
 * @self: (transfer full) (nullable): a test bed
 *
 * Takes it down. Main thread.
 */
void
vr_testbed_free (VrTestbed *self)
{
  if (self == NULL)
    return;
  vr_drive_set_change_func (self->drive, NULL, NULL);
  g_clear_object (&self->bed);
  g_clear_object (&self->handler);
  g_free (self);
}
