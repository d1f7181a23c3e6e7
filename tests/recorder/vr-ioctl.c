/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kernel does between a program and a drive: SG_IO passes commands on, and the older
 * CD-ROM requests are made of commands. */
#include "vr-ioctl.h"

#include "vr-drive-private.h"

#include <errno.h>
#include <linux/cdrom.h>
#include <linux/fs.h>
#include <scsi/scsi.h>
#include <scsi/sg.h>
#include <string.h>

/* <scsi/scsi_ioctl.h> of glibc lacks them. */
#define SCSI_GET_IDLUN 0x5382
#define SCSI_GET_BUS_NUMBER 0x5386
#define SG_VERSION 30536

static gboolean
run (VrDrive *drive, const guint8 *cdb, gsize cdb_length, guint8 *data, gsize size,
     VrIoctlResult *result, VrResult *scsi)
{
  vr_drive_execute (drive, cdb, cdb_length, data, size, scsi);
  result->delay_us += scsi->delay_us;
  if (scsi->error_number == 0)
    return TRUE;
  result->value = -1;
  result->error_number = scsi->error_number;
  return FALSE;
}

static void
fail (VrIoctlResult *result, int error_number)
{
  result->value = -1;
  result->error_number = error_number;
}

/* A command of the kernel's own: unit attentions are swallowed as the kernel does. */
static gboolean
run_own (VrDrive *drive, const guint8 *cdb, gsize cdb_length, guint8 *data, gsize size,
         VrIoctlResult *result)
{
  for (guint i = 0; i < 4; i++)
    {
      VrResult scsi;

      if (!run (drive, cdb, cdb_length, data, size, result, &scsi))
        return FALSE;
      if (scsi.status == 0)
        return TRUE;
      if ((scsi.sense[2] & 0x0f) == 6)
        continue;
      fail (result, (scsi.sense[2] & 0x0f) == 2 ? ENOMEDIUM : EIO);
      return FALSE;
    }
  fail (result, EIO);
  return FALSE;
}

static void
pass_sg_io (VrDrive *drive, const VrIoctlMemory *memory, VrIoctlResult *result)
{
  sg_io_hdr_t *header = memory->map (memory->user, sizeof *header);
  guint8 *data = NULL;
  const guint8 *cdb;
  VrResult scsi;

  if (header == NULL || header->interface_id != 'S' || header->iovec_count > 0
      || header->cmd_len < 1 || header->cmd_len > 16)
    {
      fail (result, EINVAL);
      return;
    }
  cdb = memory->map_nested (memory->user, G_STRUCT_OFFSET (sg_io_hdr_t, cmdp), header->cmd_len);
  if (header->dxfer_len > 0 && header->dxfer_direction != SG_DXFER_NONE)
    data = memory->map_nested (memory->user, G_STRUCT_OFFSET (sg_io_hdr_t, dxferp),
                               header->dxfer_len);
  if (cdb == NULL)
    {
      fail (result, EFAULT);
      return;
    }
  if (!run (drive, cdb, header->cmd_len, data, header->dxfer_len, result, &scsi))
    return;
  header->status = scsi.status;
  header->masked_status = (guint8) (scsi.status >> 1 & 0x1f);
  header->msg_status = 0;
  header->sb_len_wr = 0;
  header->host_status = 0;
  header->driver_status = 0;
  header->resid = (int) (header->dxfer_len - MIN (header->dxfer_len, scsi.transferred_bytes));
  header->duration = (guint) (scsi.delay_us / 1000);
  header->info = scsi.status != 0 ? SG_INFO_CHECK : SG_INFO_OK;
  if (scsi.status != 0 && header->mx_sb_len > 0)
    {
      guint8 *sense = memory->map_nested (memory->user, G_STRUCT_OFFSET (sg_io_hdr_t, sbp),
                                          header->mx_sb_len);

      if (sense != NULL)
        {
          header->sb_len_wr = (guint8) MIN (header->mx_sb_len, VR_SENSE_BYTES);
          memcpy (sense, scsi.sense, header->sb_len_wr);
          /* DRIVER_SENSE, as kernels before 5.14 say. */
          header->driver_status = 8;
        }
    }
}

static void
pass_packet (VrDrive *drive, const VrIoctlMemory *memory, VrIoctlResult *result)
{
  struct cdrom_generic_command *packet = memory->map (memory->user, sizeof *packet);
  guint8 *data = NULL;
  VrResult scsi;

  if (packet == NULL)
    {
      fail (result, EFAULT);
      return;
    }
  if (packet->buflen > 0 && packet->data_direction != CGC_DATA_NONE)
    data = memory->map_nested (memory->user,
                               G_STRUCT_OFFSET (struct cdrom_generic_command, buffer),
                               packet->buflen);
  if (!run (drive, packet->cmd, sizeof packet->cmd, data, packet->buflen, result, &scsi))
    return;
  packet->stat = scsi.status;
  if (scsi.status == 0)
    return;
  if (packet->sense != NULL)
    {
      struct request_sense *sense
          = memory->map_nested (memory->user,
                                G_STRUCT_OFFSET (struct cdrom_generic_command, sense),
                                sizeof *sense);

      if (sense != NULL)
        memcpy (sense, scsi.sense, MIN (sizeof *sense, sizeof scsi.sense));
    }
  fail (result, EIO);
}

static void
tell_drive_status (VrDrive *drive, VrIoctlResult *result)
{
  static const guint8 TEST[6] = { VR_TEST_UNIT_READY };
  VrIoctlResult ready = { 0 };

  if (vr_drive_is_gone (drive))
    fail (result, ENODEV);
  else if (vr_drive_is_tray_open (drive))
    result->value = CDS_TRAY_OPEN;
  else if (!vr_drive_has_medium (drive))
    result->value = CDS_NO_DISC;
  else
    {
      result->value = run_own (drive, TEST, sizeof TEST, NULL, 0, &ready) ? CDS_DISC_OK
                                                                          : CDS_DRIVE_NOT_READY;
      result->delay_us = ready.delay_us;
    }
}

/* READ TOC format 0 from one track on. */
static gboolean
read_toc (VrDrive *drive, guint8 first, guint8 format, gboolean is_msf, guint8 *answer, gsize size,
          VrIoctlResult *result)
{
  guint8 cdb[10] = { VR_READ_TOC, is_msf ? 2 : 0, format, 0, 0, 0, first };

  vr_put_16 (cdb + 7, (guint32) size);
  return run_own (drive, cdb, sizeof cdb, answer, size, result);
}

static void
set_address (union cdrom_addr *address, const guint8 *p, gboolean is_msf)
{
  if (is_msf)
    address->msf = (struct cdrom_msf0){ .minute = p[1], .second = p[2], .frame = p[3] };
  else
    address->lba = (int) vr_get_32 (p);
}

static void
read_toc_header (VrDrive *drive, const VrIoctlMemory *memory, VrIoctlResult *result)
{
  struct cdrom_tochdr *header = memory->map (memory->user, sizeof *header);
  guint8 answer[12] = { 0 };

  if (header == NULL)
    fail (result, EFAULT);
  else if (read_toc (drive, 0, 0, FALSE, answer, sizeof answer, result))
    {
      header->cdth_trk0 = answer[2];
      header->cdth_trk1 = answer[3];
    }
}

static void
read_toc_entry (VrDrive *drive, const VrIoctlMemory *memory, VrIoctlResult *result)
{
  struct cdrom_tocentry *entry = memory->map (memory->user, sizeof *entry);
  gboolean is_msf;
  guint8 answer[12] = { 0 };

  if (entry == NULL)
    {
      fail (result, EFAULT);
      return;
    }
  is_msf = entry->cdte_format == CDROM_MSF;
  if (!is_msf && entry->cdte_format != CDROM_LBA)
    fail (result, EINVAL);
  else if (read_toc (drive, entry->cdte_track, 0, is_msf, answer, sizeof answer, result))
    {
      entry->cdte_adr = answer[5] >> 4;
      entry->cdte_ctrl = answer[5] & 0x0f;
      entry->cdte_datamode = 0;
      set_address (&entry->cdte_addr, answer + 8, is_msf);
    }
}

static void
read_multi_session (VrDrive *drive, const VrIoctlMemory *memory, VrIoctlResult *result)
{
  struct cdrom_multisession *session = memory->map (memory->user, sizeof *session);
  gboolean is_msf;
  guint8 answer[12] = { 0 };

  if (session == NULL)
    {
      fail (result, EFAULT);
      return;
    }
  is_msf = session->addr_format == CDROM_MSF;
  if (read_toc (drive, 0, 1, is_msf, answer, sizeof answer, result))
    {
      session->xa_flag = answer[3] > 1;
      set_address (&session->addr, answer + 8, is_msf);
    }
}

static void
tell_disc_status (VrDrive *drive, VrIoctlResult *result)
{
  VrMediumSummary summary;

  vr_drive_summarize (drive, &summary);
  if (!summary.is_present)
    result->value = CDS_NO_DISC;
  else if (summary.is_blank)
    result->value = CDS_NO_INFO;
  else if (summary.n_audio_tracks > 0)
    result->value = summary.n_data_tracks > 0 ? CDS_MIXED : CDS_AUDIO;
  else
    result->value = CDS_DATA_1;
}

static void
read_dvd_structure (VrDrive *drive, const VrIoctlMemory *memory, VrIoctlResult *result)
{
  dvd_struct *structure = memory->map (memory->user, sizeof *structure);
  guint8 answer[4 + 20] = { 0 };
  guint8 cdb[12] = { VR_READ_DISC_STRUCTURE };
  struct dvd_layer *layer;
  const guint8 *p = answer + 4;

  if (structure == NULL || structure->type != DVD_STRUCT_PHYSICAL)
    {
      fail (result, EINVAL);
      return;
    }
  vr_put_16 (cdb + 8, sizeof answer);
  if (!run_own (drive, cdb, sizeof cdb, answer, sizeof answer, result))
    return;
  layer = &structure->physical.layer[structure->physical.layer_num % DVD_LAYERS];
  *layer = (struct dvd_layer){ .book_version = p[0] & 0x0f,
                               .book_type = p[0] >> 4,
                               .min_rate = p[1] & 0x0f,
                               .disc_size = p[1] >> 4,
                               .layer_type = p[2] & 0x0f,
                               .track_path = p[2] >> 4 & 1,
                               .nlayers = p[2] >> 5 & 3,
                               .start_sector = vr_get_24 (p + 5),
                               .end_sector = vr_get_24 (p + 9) };
}

static void
move_tray (VrDrive *drive, guint8 action, VrIoctlResult *result)
{
  const guint8 cdb[6] = { VR_START_STOP_UNIT, 0, 0, 0, action };

  run_own (drive, cdb, sizeof cdb, NULL, 0, result);
}

static void
put_value (const VrIoctlMemory *memory, guint64 value, gsize size, VrIoctlResult *result)
{
  gpointer target = memory->map (memory->user, size);

  if (target == NULL)
    fail (result, EFAULT);
  else if (size == sizeof (guint64))
    memcpy (target, &value, size);
  else
    {
      int small = (int) value;

      memcpy (target, &small, size);
    }
}

static void
handle_scsi (VrDrive *drive, gulong request, const VrIoctlMemory *memory, VrIoctlResult *result)
{
  /* Host 0, channel 0, id 0, lun 0. */
  int *idlun;

  switch (request)
    {
    case SG_IO:
      pass_sg_io (drive, memory, result);
      break;
    case SG_GET_VERSION_NUM:
      put_value (memory, SG_VERSION, sizeof (int), result);
      break;
    case SG_GET_RESERVED_SIZE:
      put_value (memory, 128 * 1024, sizeof (int), result);
      break;
    case SG_EMULATED_HOST:
    case SCSI_GET_BUS_NUMBER:
      put_value (memory, 0, sizeof (int), result);
      break;
    case SG_SET_RESERVED_SIZE:
    case SG_SET_TIMEOUT:
      break;
    case SG_GET_TIMEOUT:
      result->value = 6000;
      break;
    case SCSI_GET_IDLUN:
      idlun = memory->map (memory->user, 2 * sizeof (int));
      if (idlun == NULL)
        fail (result, EFAULT);
      else
        memset (idlun, 0, 2 * sizeof (int));
      break;
    default:
      fail (result, ENOTTY);
      break;
    }
}

static void
handle_block (VrDrive *drive, gulong request, const VrIoctlMemory *memory, VrIoctlResult *result)
{
  guint64 bytes = (guint64) vr_drive_get_size_blocks (drive) * VR_BLOCK_BYTES;

  switch (request)
    {
    case BLKGETSIZE:
      put_value (memory, bytes / 512, sizeof (long), result);
      break;
    case BLKGETSIZE64:
      put_value (memory, bytes, sizeof (guint64), result);
      break;
    case BLKSSZGET:
      put_value (memory, VR_BLOCK_BYTES, sizeof (int), result);
      break;
    case BLKROGET:
      put_value (memory, 0, sizeof (int), result);
      break;
    case BLKFLSBUF:
    case BLKRRPART:
      break;
    default:
      handle_scsi (drive, request, memory, result);
      break;
    }
}

/**
 * vr_ioctl:
 * @drive: the drive
 * @request: the request
 * @argument: its argument as a number
 * @memory: how to reach what it points to
 * @result: (out): what the caller is to see, and when
 *
 * Any thread.
 */
void
vr_ioctl (VrDrive *drive, gulong request, gulong argument, const VrIoctlMemory *memory,
          VrIoctlResult *result)
{
  *result = (VrIoctlResult){ 0 };
  if (vr_drive_is_gone (drive))
    {
      fail (result, ENODEV);
      return;
    }
  switch (request)
    {
    case CDROM_DRIVE_STATUS:
      tell_drive_status (drive, result);
      break;
    case CDROM_DISC_STATUS:
      tell_disc_status (drive, result);
      break;
    case CDROM_GET_CAPABILITY:
      result->value = CDC_CLOSE_TRAY | CDC_OPEN_TRAY | CDC_LOCK | CDC_SELECT_SPEED
                      | CDC_MULTI_SESSION | CDC_MCN | CDC_MEDIA_CHANGED | CDC_PLAY_AUDIO
                      | CDC_RESET | CDC_DRIVE_STATUS | CDC_GENERIC_PACKET | CDC_CD_R | CDC_CD_RW
                      | CDC_DVD | CDC_DVD_R | CDC_DVD_RAM | CDC_MRW | CDC_RAM;
      break;
    case CDROM_MEDIA_CHANGED:
    case CDROM_SET_OPTIONS:
    case CDROM_CLEAR_OPTIONS:
      break;
    case CDROM_LOCKDOOR:
      {
        const guint8 cdb[6] = { VR_PREVENT_ALLOW, 0, 0, 0, argument != 0 };

        run_own (drive, cdb, sizeof cdb, NULL, 0, result);
      }
      break;
    case CDROM_SELECT_SPEED:
      {
        guint8 cdb[12] = { VR_SET_CD_SPEED };
        guint32 kbs = argument == 0 || argument > 371 ? 0xffff : (guint32) argument * 177;

        vr_put_16 (cdb + 2, kbs);
        vr_put_16 (cdb + 4, kbs);
        run_own (drive, cdb, sizeof cdb, NULL, 0, result);
      }
      break;
    case CDROMEJECT:
      move_tray (drive, 2, result);
      break;
    case CDROMCLOSETRAY:
      move_tray (drive, 3, result);
      break;
    case CDROMREADTOCHDR:
      read_toc_header (drive, memory, result);
      break;
    case CDROMREADTOCENTRY:
      read_toc_entry (drive, memory, result);
      break;
    case CDROMMULTISESSION:
      read_multi_session (drive, memory, result);
      break;
    case CDROM_SEND_PACKET:
      pass_packet (drive, memory, result);
      break;
    case DVD_READ_STRUCT:
      read_dvd_structure (drive, memory, result);
      break;
    default:
      handle_block (drive, request, memory, result);
      break;
    }
}
